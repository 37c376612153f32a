"""Read the arguments of ``ask`` without loading Typer, which costs more than the answer itself.

It knows exactly the options that the command in ``app`` has (a test compares the two) and hands anything it does not
fully understand, help and completion included, to Typer.
"""

from __future__ import annotations

from typing import Any

from drugfacts.cli.ask import FORMATS, AskOptions, verdicts

_FLAGS = {"--brief": "brief", "-b": "brief", "--sources": "sources", "--why": "why", "--no-color": "no_color"}
_VALUES = {"--format": "format", "-f": "format", "--facts": "facts", "--fail-on": "fail_on", "--region": "region"}


def ask_options(arguments: list[str]) -> AskOptions | None:
    """Read the arguments after ``ask``.

    Args:
        arguments: the command line after the word ``ask``.

    Returns:
        The options, or None when Typer should have its say.
    """
    words: list[str] = []
    chosen: dict[str, Any] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            words += rest
        elif argument in _FLAGS:
            chosen[_FLAGS[argument]] = True
        elif argument.partition("=")[0] in _VALUES:
            name, equals, value = argument.partition("=")
            given = value if equals and name.startswith("--") else next(rest, None) if not equals else None
            if not given:
                return None
            chosen[_VALUES[name]] = given
        elif argument.startswith("-") and argument != "-":
            return None
        else:
            words.append(argument)
    try:
        chosen["fail_on"] = verdicts(chosen.get("fail_on", ""))
    except ValueError:
        return None
    if chosen.get("format", FORMATS[0]) not in FORMATS:
        return None
    return AskOptions(words=tuple(words), **chosen) if words else None
