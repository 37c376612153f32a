"""What the exit code says."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command; scripts rely on them."""

    OK = 0
    """Every question was answered, or profiled."""
    UNANSWERED = 1
    """At least one was not."""
    USAGE = 2
    """The command was used wrongly, or something it was given could not be read."""
    FAIL_ON = 3
    """A verdict came up that --fail-on names."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C."""
