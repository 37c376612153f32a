"""Questions of strangers, with what is true of them.

They were taken from pages on drugs (myths and facts, quizzes, questions to pharmacists, forums), each restated in a lay
person's words together with the answer that the page gives, and from what is beyond doubt; a part is of the kind that
must get no verdict. Nobody looked at the claims of the store for them. About one in thirty may be arguable.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parent / "strangers.jsonl"


class Stranger(NamedTuple):
    """A question of a stranger.

    Attributes:
        gold: whether it is ``true``, ``false`` or ``mixed`` as worded; empty where no verdict can be given.
    """

    text: str
    gold: str


def strangers() -> Iterator[Stranger]:
    """Give the questions."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Stranger(row["text"], row["gold"] or "")
