"""Every command and every output that the README shows is true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import drugfacts

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def shown_runs() -> list[tuple[str, str]]:
    """Give each command of the console blocks with the output shown after it."""
    runs = []
    for session in SESSIONS:
        for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            runs.append((command, output))
    return runs


def shell(command: str, tmp_path: Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader would, with ``drugfacts`` and ``python3`` those of this environment."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, line in (
        ("drugfacts", f'exec "{sys.executable}" -m drugfacts "$@"'),
        ("python3", f'exec "{sys.executable}" "$@"'),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(("command", "output"), shown_runs(), ids=[command[:60] for command, _ in shown_runs()])
def test_a_command_shown_gives_the_output_shown(command: str, output: str, tmp_path: Path) -> None:
    done = shell(command, tmp_path)
    assert done.stdout == output
    assert done.stderr == ""


def test_the_readme_shows_runs() -> None:
    assert len(shown_runs()) >= 6


@pytest.mark.parametrize("command", re.findall(r"^\| `(drugfacts .*?)` \|", README, re.MULTILINE))
def test_a_command_in_the_table_works(command: str, tmp_path: Path) -> None:
    for one in command.split("`, `"):
        done = shell(one, tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()
        (tmp_path / "bin").rename(tmp_path / f"bin-{abs(hash(one))}")


def test_the_python_example_runs(tmp_path: Path) -> None:
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    verdict, claim = done.stdout.split()
    assert verdict == "false"
    assert drugfacts.open_store().claim(claim).id == claim


def test_the_field_table_is_the_contract() -> None:
    from json import loads

    schema = loads((ROOT / "docs" / "answer.schema.json").read_text(encoding="utf-8"))
    section = README.split("An object of `drugfacts.answer/1`")[1].split("From Python:")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == {*schema["definitions"]["answer"]["required"], *schema["required"]}


def test_the_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("https://"):
            assert (ROOT / target).exists(), target


def test_the_picture_is_current() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import picture  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    assert (ROOT / "docs" / "ask.svg").read_text(encoding="utf-8") == picture.picture() + "\n"
