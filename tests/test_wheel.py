"""The wheel, built from the checkout and used far from it, as whoever installs it does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from drugfacts.locate import CACHE_VARIABLE
from drugfacts.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[1]
OPIOID = "is ketamine an opioid"
SOURCE = """\
id: src-own
title: On zorvane
publisher: Journal of Invented Medicine
year: 2020
url: https://example.org/zorvane
level: A
kind: review
read: full
read_on: 2026-11-23
"""
SUBSTANCE = """\
id: zorvane
name: zorvane
kind: substance
classes:
  - {id: opioid, sources: [src-own]}
summary: {text: Zorvane is an opioid., sources: [src-own]}
review: {status: checked, on: 2026-11-23}
"""
# Asks through the command line's own entry and says then which modules came with it.
MODULES = """\
import sys
from drugfacts.cli import main
sys.argv = ["drugfacts", *sys.argv[1:]]
try:
    main()
finally:
    sys.stderr.write(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def call(*command: str) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, once."""
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder, once; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    call(sys.executable, "-m", "pip", "install", *options, "--target", str(folder), str(wheel))
    return folder


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """Give an empty folder to work in."""
    folder = tmp_path / "away"
    folder.mkdir()
    return folder


@pytest.fixture
def python(installed: Path, away: Path, tmp_path: Path) -> Run:
    """Give a function that runs Python in the empty folder, with the installed package and no home or cache.

    It takes the arguments, and by name ``package`` (another folder that holds the package) and ``cache``.
    """
    nowhere = tmp_path / "nowhere"
    dropped = ("DRUGFACTS", "PYTHON", "XDG_")

    def run(
        *arguments: str, package: Path = installed, cache: Path = nowhere / "cache"
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        return subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            encoding="utf-8",
            cwd=away,
            env={**kept, "HOME": str(nowhere), CACHE_VARIABLE: str(cache), "PYTHONPATH": str(package)},
            check=False,
        )

    return run


def test_the_wheel_holds_the_store_the_type_mark_and_both_licences(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        assert archive.read("drugfacts/facts.sqlite").startswith(b"SQLite format 3\0")
    information = f"drugfacts-{__version__}.dist-info"
    assert {"drugfacts/py.typed", f"{information}/licenses/LICENSE", f"{information}/licenses/facts/LICENSE"} <= {
        *names
    }
    assert {name.partition("/")[0] for name in names} == {"drugfacts", information}
    assert not [name for name in names if name.endswith((".yaml", ".pyc"))]


def test_the_package_that_runs_is_the_installed_one(python: Run, installed: Path) -> None:
    ended = python("-c", "import drugfacts; print(drugfacts.__file__)")
    assert Path(ended.stdout.strip()) == installed / "drugfacts" / "__init__.py"


def test_it_answers_from_the_shipped_store_and_leaves_nothing_behind(python: Run, away: Path, tmp_path: Path) -> None:
    ended = python("-m", "drugfacts", "ask", "--brief", OPIOID)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("No.")
    assert list(away.iterdir()) == []
    assert list(tmp_path.iterdir()) == [away]


def test_without_home_cache_and_language_it_answers_all_the_same(installed: Path, away: Path) -> None:
    kept = {name: value for name in ("PATH", "SYSTEMROOT") if (value := os.environ.get(name))}
    ended = subprocess.run(
        [sys.executable, "-m", "drugfacts", "ask", "--format", "json", "is “ketamine” an opioid"],
        capture_output=True,
        cwd=away,
        env={**kept, "LANG": "C", "LC_ALL": "C", "HOME": os.devnull, "PYTHONPATH": str(installed)},
        check=False,
    )
    assert ended.returncode == 0
    found = json.loads(ended.stdout.decode("utf-8"))
    assert (found["question"], found["verdict"]) == ("is “ketamine” an opioid", "false")
    assert b"Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) <= 1


@pytest.mark.parametrize("form", ["plain", "text", "json"])
def test_to_answer_a_plain_question_it_reads_no_yaml_and_runs_no_network(python: Run, form: str) -> None:
    ended = python("-c", MODULES, "ask", "--format", form, OPIOID)
    assert ended.returncode == 0
    modules = ended.stderr.split()
    assert "drugfacts" in modules
    assert "yaml" not in modules
    assert "numpy" not in modules
    assert ("rich" in modules) == (form == "text")


def test_the_version_names_program_and_facts(python: Run) -> None:
    ended = python("-m", "drugfacts", "--version")
    assert ended.stdout.startswith(f"drugfacts {__version__} (facts ")
    assert ended.returncode == 0


def test_facts_of_ones_own_are_laid_over_the_shipped_ones_and_kept(python: Run, tmp_path: Path) -> None:
    overlay, cache = tmp_path / "overlay", tmp_path / "cache"
    for name, text in (("sources/src-own.yaml", SOURCE), ("substances/zorvane.yaml", SUBSTANCE)):
        (overlay / name).parent.mkdir(parents=True)
        (overlay / name).write_text(text, encoding="utf-8")
    arguments = ("ask", "--brief", "is zorvane an opioid", OPIOID, "--facts", str(overlay))
    ended = python("-m", "drugfacts", *arguments, cache=cache)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [line.partition(" ")[0] for line in ended.stdout.splitlines()] == ["Yes.", "No."]
    assert [path.suffix for path in sorted(cache.iterdir(), key=lambda path: path.suffix)] == [".key", ".sqlite"]
    again = python("-c", MODULES, *arguments, cache=cache)
    assert again.stdout == ended.stdout
    assert "yaml" not in again.stderr.split()


@pytest.mark.parametrize("share", [0, 0.5, 0.999])
def test_a_shipped_store_cut_short_is_an_error_that_is_told(
    python: Run, installed: Path, tmp_path: Path, share: float
) -> None:
    package = tmp_path / "damaged"
    shutil.copytree(installed / "drugfacts", package / "drugfacts")
    path = package / "drugfacts" / "facts.sqlite"
    os.truncate(path, int(path.stat().st_size * share))
    for arguments in (("ask", OPIOID), ("drug", "ketamine"), ("--version",)):
        ended = python("-m", "drugfacts", *arguments, package=package)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "facts.sqlite is not a whole compiled store" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_without_a_store_it_says_that_there_are_no_facts(python: Run, installed: Path, tmp_path: Path) -> None:
    package = tmp_path / "empty"
    shutil.copytree(installed / "drugfacts", package / "drugfacts", ignore=shutil.ignore_patterns("facts.sqlite"))
    ended = python("-m", "drugfacts", "ask", OPIOID, package=package)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "drugfacts: the package holds no facts; install it again\n"
