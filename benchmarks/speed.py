"""Measure drugfacts against its budgets; see README.md beside this file for how, and for what the figures mean."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[1]
QUESTION = "is ketamine an opioid"
HELLO = """\
import typer
from rich.console import Console
from rich.panel import Panel

app = typer.Typer()


@app.command()
def hello(name: str) -> None:
    Console().print(Panel(f"Hello, {name}", title="Hello"))


app()
"""
# Runs a command and says how much memory it had at its peak; small itself, since a child inherits that of its parent.
PEAK = """\
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
sys.stderr.write(f"\\n{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}")
"""
# Ways to say a question, so that a stream is longer than what the store was made from.
FRAMES = ("{}", "is it true that {}", "my friend says {}", "{}, right?", "is it a myth that {}", "i heard {}")
FEW, MANY = 2_000, 20_000
# What a changed file is given, to be another file that says the same.
REMARK = "# looked at again\n"


class FailedError(Exception):
    """A command that is measured did not end well."""


class Figure(NamedTuple):
    """One thing measured.

    Attributes:
        low, high: the quartiles of what the figure is the median of.
        least: whether the budget is the least allowed rather than the most.
    """

    what: str
    figure: float
    unit: str
    budget: float | None = None
    low: float | None = None
    high: float | None = None
    least: bool = False

    @property
    def within(self) -> bool | None:
        """Say whether the figure keeps its budget, or None where it has none."""
        if self.budget is None:
            return None
        return self.figure >= self.budget if self.least else self.figure <= self.budget


def middle(
    what: str, values: Sequence[float], unit: str, budget: float | None = None, *, least: bool = False
) -> Figure:
    """Give the median of some values, with their quartiles."""
    low, _, high = quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return Figure(what, median(values), unit, budget, low, high, least)


class Installed:
    """The wheel in a fresh virtual environment, away from the checkout."""

    def __init__(self, folder: Path) -> None:
        """Build the wheel and install it with what it needs."""
        self.folder = folder
        self.python = str(folder / "venv" / "bin" / "python")
        self.command = str(folder / "venv" / "bin" / "drugfacts")
        self.hello = folder / "hello.py"
        self.hello.write_text(HELLO, encoding="utf-8")
        dropped = ("DRUGFACTS", "PYTHON", "XDG_")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        self.environment |= {"DRUGFACTS_CACHE": str(folder / "cache"), "COLUMNS": "80"}
        wheels = folder / "wheel"
        run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT)])
        run([sys.executable, "-m", "venv", str(folder / "venv")])
        (wheel,) = wheels.iterdir()
        run([self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)])
        self.package = Path(self.say("import drugfacts; print(drugfacts.__file__)")).parent
        self.store = self.package / "facts.sqlite"

    def say(self, code: str) -> str:
        """Run a line of Python there; gives what it printed."""
        return run([self.python, "-c", code], env=self.environment, cwd=self.folder).decode().strip()

    def timed(self, command: Sequence[str], *, allowed: tuple[int, ...] = (0,), **environment: str) -> float:
        """Run a command there; gives the seconds it took."""
        start = perf_counter()
        run(command, env=self.environment | environment, cwd=self.folder, allowed=allowed)
        return perf_counter() - start

    def peak(self, command: Sequence[str], questions: Path | None = None) -> tuple[float, float]:
        """Run a command there; gives its peak of memory in MiB and the seconds it took."""
        start = perf_counter()
        with (questions or Path(os.devnull)).open("rb") as given:
            ended = subprocess.run(
                [self.python, "-I", "-S", "-c", PEAK, *command],
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=self.environment,
                cwd=self.folder,
                check=True,
            )
        took = perf_counter() - start
        code, used = ended.stderr.decode().splitlines()[-1].split()
        if code not in ("0", "1"):  # 1: a question of the stream was not answered
            raise FailedError(f"{' '.join(command)} exits with {code}:\n{ended.stderr.decode()}")
        return int(used) / (2**20 if sys.platform == "darwin" else 2**10), took


def run(
    command: Sequence[str],
    *,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    allowed: tuple[int, ...] = (0,),
) -> bytes:
    """Run a command that must end well; gives what it wrote to standard output."""
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=env, cwd=cwd, check=False)
    if ended.returncode not in allowed:
        raise FailedError(f"{' '.join(command)} exits with {ended.returncode}:\n{ended.stderr.decode()}")
    return ended.stdout


def ratios(first: Callable[[], float], second: Callable[[], float], pairs: int) -> list[float]:
    """Time two things in turn and give for each pair the second over the first; one pair goes ahead uncounted."""
    found = []
    for _ in range(pairs + 1):
        one = first()
        found.append(second() / one)
    return found[1:]


def cold(there: Installed, pairs: int) -> Iterator[Figure]:
    """Measure whole processes that answer one question, against one that prints a panel."""

    def hello() -> float:
        return there.timed([there.python, str(there.hello), "world"])

    yield middle("noise: hello world against itself", ratios(hello, hello, pairs), "x hello")
    for form, budget in (("text", 1.0), ("plain", 0.7), ("json", 0.7)):
        command = [there.command, "ask", "--format", form, QUESTION]
        found = ratios(hello, partial(there.timed, command), pairs)
        yield middle(f"cold ask, {form}", found, "x hello", budget)
    for form in ("text", "json"):
        peaks = [there.peak([there.command, "ask", "--format", form, QUESTION])[0] for _ in range(5)]
        yield middle(f"peak memory of one ask, {form}", peaks, "MiB", 40)


def stream(there: Installed, repeats: int) -> Iterator[Figure]:
    """Measure many questions through one process, and its memory after few of them and after all."""
    with closing(sqlite3.connect(there.store)) as connection:
        asks = [row[0] for row in connection.execute("SELECT text FROM ask ORDER BY no")]
    questions = [frame.format(ask) for frame in FRAMES for ask in asks]
    random.Random(20_261_123).shuffle(questions)
    questions = (questions * (MANY // len(questions) + 1))[:MANY]
    few, many = there.folder / "few.txt", there.folder / "many.txt"
    few.write_text("\n".join(questions[:FEW]), encoding="utf-8")
    many.write_text("\n".join(questions), encoding="utf-8")
    command = [there.command, "ask", "--format", "jsonl", "-"]
    runs = [(there.peak(command, few), there.peak(command, many)) for _ in range(repeats)]
    yield middle(f"stream of {MANY:,}", [MANY / all_[1] for _, all_ in runs], "a second", 5_000, least=True)
    yield middle(f"peak memory after {FEW:,}", [some[0] for some, _ in runs], "MiB")
    yield middle(f"peak memory after {MANY:,}", [all_[0] for _, all_ in runs], "MiB")
    yield middle("memory, all over few", [all_[0] / some[0] for some, all_ in runs], "x", 1.1)


def growth(there: Installed, pairs: int, phrasings: int) -> Iterator[Figure]:
    """Measure a store with very many more phrasings against the shipped one."""
    script = str(Path(__file__).with_name("growth.py"))
    packages = {name: there.folder / name for name in ("small", "grown")}
    for package in packages.values():
        shutil.copytree(there.package, package / "drugfacts")
    small, grown = (str(package / "drugfacts" / "facts.sqlite") for package in packages.values())
    run([there.python, script, "make", small, grown, str(phrasings)], env=there.environment)
    measured = json.loads(run([there.python, script, "measure", small, grown, str(pairs)], env=there.environment))
    name = f"{phrasings:,} phrasings"
    yield middle(f"question time, {name}", measured["ratios"], "x shipped", 1.5)
    yield middle("a question, shipped store", measured["small"], "ms")
    yield middle(f"a question, {name}", measured["grown"], "ms")

    def start(package: Path) -> float:
        command = [there.python, "-m", "drugfacts", "ask", "--format", "json", QUESTION]
        return there.timed(command, allowed=(0, 1), PYTHONPATH=str(package))

    found = ratios(lambda: start(packages["small"]), lambda: start(packages["grown"]), pairs)
    yield middle(f"cold start, {name}", found, "x shipped", 1.2)
    yield Figure(f"size of the store, {name}", Path(grown).stat().st_size / 2**20, "MiB")


def authoring(there: Installed, repeats: int) -> Iterator[Figure]:
    """Measure checking and compiling in a copy of the checkout, from nothing and after one file changed."""
    copy = there.folder / "checkout"
    for name in ("src", "facts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite"))
    target = there.folder / "built.sqlite"
    command = [there.python, "-m", "drugfacts"]
    path = min((copy / "facts" / "substances").glob("*.yaml"))
    times: dict[str, list[float]] = {"validate": [], "build": [], "build again": [], "ask again": []}
    for _ in range(repeats):
        shutil.rmtree(there.folder / "cache", ignore_errors=True)
        for name, arguments in (
            ("validate", ["facts", "validate"]),
            ("build", ["facts", "build", str(target)]),
            ("build again", ["facts", "build", str(target)]),
            ("ask again", ["ask", QUESTION]),
        ):
            if "again" in name:
                with path.open("a", encoding="utf-8") as file:
                    file.write(REMARK)
            times[name].append(there.timed([*command, *arguments], PYTHONPATH=str(copy / "src")))
    yield middle("validate the whole store", times["validate"], "s")
    yield middle("validate and compile the whole store", times["build"], "s", 5)
    yield middle("the same after one file changed", times["build again"], "s", 1)
    yield middle("first ask after one file changed", times["ask again"], "s", 1)


def table(figures: Sequence[Figure]) -> str:
    """Give the figures as a table."""
    width = max(len(one.what) for one in figures)
    lines = [f"{'what':<{width}} {'figure':>10} {'unit':<10} {'quartiles':>19} {'budget':>9}"]
    for one in figures:
        spread = f"{one.low:,.2f} to {one.high:,.2f}" if one.low is not None and one.high is not None else ""
        budget = "" if one.budget is None else f"{'>=' if one.least else '<='} {one.budget:,g}"
        mark = "" if one.within is None else "  kept" if one.within else "  MISSED"
        lines.append(f"{one.what:<{width}} {one.figure:>10,.2f} {one.unit:<10} {spread:>19} {budget:>9}{mark}")
    return "\n".join(lines)


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=15, metavar="N", help="pairs of runs a ratio (15)")
    parser.add_argument("--phrasings", type=int, default=1_000_000, metavar="N", help="of the grown store (1,000,000)")
    parser.add_argument("--only", action="append", choices=("cold", "stream", "growth", "authoring"))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args()
    repeats = max(3, chosen.pairs // 5)
    figures: list[Figure] = []
    failed = False
    with TemporaryDirectory(prefix="drugfacts-speed-") as folder:
        there = Installed(Path(folder))
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "cold": lambda: cold(there, chosen.pairs),
            "stream": lambda: stream(there, repeats),
            "authoring": lambda: authoring(there, repeats),
            "growth": lambda: growth(there, chosen.pairs, chosen.phrasings),
        }
        for name, part in parts.items():
            if not chosen.only or name in chosen.only:
                print(f"measuring: {name}", file=sys.stderr)
                try:
                    figures.extend(part())
                except FailedError as error:
                    failed = True
                    print(f"{name} could not be measured: {error}", file=sys.stderr)
    if figures:
        print(table(figures))
    if chosen.json and figures:
        rows = [one._asdict() | {"within": one.within} for one in figures]
        chosen.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
