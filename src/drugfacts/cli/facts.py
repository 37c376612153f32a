"""For authors: check the facts, compile them, begin a new record, count."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from drugfacts.cli.complete import field_ids, substance_names
from drugfacts.cli.exits import Exit
from drugfacts.locate import CHECKOUT, SHIPPED, open_store

if TYPE_CHECKING:
    from drugfacts.answering import evaluate

facts_app = typer.Typer(
    help="For authors of facts: check, compile, begin a record, count.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Folder = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Argument(metavar="[DIR]", help="A folder of facts; by default the checkout's own."),
]


def _folders(folder: Path | None) -> tuple[list[Path], Path | None]:
    """Give the folders to check, and the compiled store beneath them where the base is not there as files."""
    checkout, shipped = Path(CHECKOUT), Path(SHIPPED)
    base = [checkout] if (checkout / "substances").is_dir() and not shipped.exists() else []
    if folder is None:
        if not base:
            raise typer.BadParameter("there is no checkout here; name a folder of facts", param_hint="DIR")
        return base, None
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is not a folder", param_hint="DIR")
    if base and folder.resolve() == checkout.resolve():
        return base, None
    return [*base, folder], None if base else shipped


@facts_app.command()
def validate(
    folder: Folder = None, form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text"
) -> None:
    """Report every fault in the facts, with file, line, column and a way out."""
    from drugfacts.authoring.build import validate as check_all
    from drugfacts.render.record import dump

    folders, beneath = _folders(folder)
    library, problems = check_all(folders, beneath)
    if form == "json":
        _put(dump([problem._asdict() for problem in problems], one_line=False))
    else:
        for problem in problems:
            _put(str(problem))
        counts = ", ".join(f"{len(shelf)} {name}" for name, shelf in library.shelves.items() if shelf)
        sys.stderr.write(f"{len(problems)} faults in {counts}\n" if problems else f"No faults in {counts}\n")
    raise typer.Exit(int(Exit.UNANSWERED if problems else Exit.OK))


@facts_app.command()
def build(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="The compiled store to write.")],
    folder: Folder = None,
) -> None:
    """Check the facts and compile them into one file."""
    from drugfacts.authoring.build import validate as check_all
    from drugfacts.authoring.build import write_store
    from drugfacts.errors import FactsError

    folders, beneath = _folders(folder)
    library, problems = check_all(folders, beneath)
    if problems:
        raise FactsError(problems)
    try:
        write_store(library, output)
    except OSError as error:
        raise typer.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="FILE") from None
    _put(f"{output}: {output.stat().st_size:,} bytes")


@facts_app.command()
def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="claim, substance, class, term or source.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="For a claim topic/id, else the id.")],
    folder: Folder = None,
) -> None:
    """Begin a new record: write a file with every key that it needs, to be filled in."""
    from drugfacts.authoring.scaffold import scaffold

    root = folder or Path(CHECKOUT)
    if not root.is_dir():
        raise typer.BadParameter("there is no checkout here; name a folder of facts", param_hint="DIR")
    try:
        _put(str(scaffold(kind, name, root)))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


@facts_app.command("test")
def run_questions(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="One object a line: text, gold, kind or topic.")],
    facts: Annotated[Optional[Path], typer.Option("--facts", metavar="DIR")] = None,  # noqa: UP045
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Score the program on questions with known answers.

    `gold` is true, false or mixed, of what the text proposes, or null where no verdict may be given. Items with
    "core": false or a "doubt" are left out. The exit code is 1 when a verdict was wrong.
    """
    from drugfacts.answering import evaluate
    from drugfacts.render.record import dump

    scored = evaluate.score(read_asked(file), open_store(facts))
    wrong = [one for one in scored if one.outcome == evaluate.WRONG]
    counts, steps = evaluate.table(scored), evaluate.calibration(scored)
    if form == "json":
        mistakes = [
            {"text": one.asked.text, "gold": one.asked.gold, "verdict": str(one.given.verdict), "why": one.given.why}
            for one in wrong
        ]
        _put(dump({"counts": counts, "calibration": steps, "wrong": mistakes}, one_line=False))
    else:
        _put(f"{'':<28}{'questions':>10}{'answered':>10}{'right':>8}{'soft':>8}{'wrong':>8}")
        for name, row in counts.items():
            total = sum(row.values())
            told = f"{total - row['silent']:>10}{row['right']:>8}{row['soft']:>8}{row['wrong']:>8}"
            _put(f"{name[:27]:<28}{total:>10}{told}")
        for step in steps:
            _put(f"confidence {step['confidence']:.2f}: {step['answered']:.0f} answered, {step['right']:.3f} right")
        for one in wrong:
            _put(f"\nwrong: {one.asked.text}\n  gold {one.asked.gold}, given {one.given.verdict}")
            for line in one.given.why:
                _put(f"  {line}")
    raise typer.Exit(int(Exit.UNANSWERED if wrong else Exit.OK))


def read_asked(file: Path) -> list[evaluate.Asked]:
    """Read questions with known answers.

    Raises:
        BadParameter: the file cannot be read, or a line is not such a question; it says which and what would be right.
    """
    import json

    from drugfacts.answering.evaluate import GOLDS, Asked

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}", param_hint="FILE") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            text, gold = item["text"], item["gold"]
        except (ValueError, KeyError, TypeError):
            message = f'{file}:{number}: a line is an object with "text" and "gold"'
            raise typer.BadParameter(message, param_hint="FILE") from None
        if not isinstance(text, str) or gold not in GOLDS:
            message = f'{file}:{number}: "text" is a text, "gold" is "true", "false", "mixed" or null'
            raise typer.BadParameter(message, param_hint="FILE")
        if item.get("core", True) and not item.get("doubt"):
            found.append(Asked(text, gold, str(item.get("kind") or item.get("topic") or "")))
    return found


@facts_app.command()
def stats(
    facts: Annotated[Optional[Path], typer.Option("--facts", metavar="DIR")] = None,  # noqa: UP045
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Count what the store holds."""
    from drugfacts.answering.stats import count
    from drugfacts.render.record import dump

    data: dict[str, Any] = count(open_store(facts))
    if form == "json":
        _put(dump(data, one_line=False))
        return
    for label, value in data.items():
        shown = ", ".join(f"{name} {number}" for name, number in value.items()) if isinstance(value, dict) else value
        _put(f"{label.replace('_', ' '):<16} {shown}")


@facts_app.command()
def coverage(
    substance: Annotated[
        str,
        typer.Option("--substance", metavar="NAME", help="Only this substance.", autocompletion=substance_names),
    ] = "",
    field: Annotated[
        str, typer.Option("--field", metavar="ID", help="Only this field.", autocompletion=field_ids)
    ] = "",
    facts: Annotated[Optional[Path], typer.Option("--facts", metavar="DIR")] = None,  # noqa: UP045
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Say which substances lack which of the main fields."""
    from drugfacts.answering.browse import find_profile
    from drugfacts.answering.coverage import coverage as cover
    from drugfacts.answering.coverage import main_fields
    from drugfacts.errors import UnknownNameError
    from drugfacts.render.record import coverage_data, dump

    if form not in ("text", "json"):
        raise typer.BadParameter(f"{form!r} is not one of text, json", param_hint="--format")
    store = open_store(facts)
    if field and store.field(field) is None:
        raise UnknownNameError("field", field, store.nearest("fields", field))
    substances = [find_profile(substance, store, "substance").id] if substance else store.ids("substances")
    found = cover(store, substances, [field] if field else main_fields(store))
    if form == "json":
        _put(dump(coverage_data(found), one_line=False))
        return
    from drugfacts.render.tables import show_coverage
    from drugfacts.render.terminal import console

    show_coverage(found, console(color=True))


def _put(text: str) -> None:
    sys.stdout.write(text + "\n")
