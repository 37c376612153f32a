"""What can go wrong, said so that a person can mend it."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One fault in the fact store.

    Attributes:
        file: path of the file, relative to the fact folder where it lies within it.
        line: first line of the faulty text, counted from 1.
        column: first column of it, counted from 1.
        code: a short stable word for the kind of fault ("unknown-key").
        message: what is wrong and what would be right, in one line.
    """

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        """Give the problem as ``file:line:column: code: message``."""
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}"


class DrugfactsError(Exception):
    """Anything that this package raises on purpose; its text is fit to be shown to a user."""


class FactsError(DrugfactsError):
    """The fact files hold faults; carries every one of them, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        """Take the problems found, at least one."""
        self.problems = problems
        count = "1 fault" if len(problems) == 1 else f"{len(problems)} faults"
        super().__init__(f"{count} in the facts:\n" + "\n".join(str(problem) for problem in problems))


class StoreError(DrugfactsError):
    """A compiled store cannot be opened or is not one of ours."""


class UnknownNameError(DrugfactsError):
    """A name or id that the store does not hold; carries the nearest ones that it does.

    Attributes:
        name: the name as given.
        nearest: ids or names that look like it, best first, possibly none.
    """

    def __init__(self, kind: str, name: str, nearest: list[str]) -> None:
        """Build the message from the kind of thing ("claim"), the name and the nearest ones."""
        self.name = name
        self.nearest = nearest
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"no {kind} called {name!r}.{hint}")
