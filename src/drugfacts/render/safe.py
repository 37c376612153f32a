"""Make foreign text fit for a terminal."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and newline, the direction marks that can reorder a line, and half surrogates.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    """Give a text without terminal control characters; each is shown as U+FFFD."""
    return _UNSAFE.sub("\ufffd", text)
