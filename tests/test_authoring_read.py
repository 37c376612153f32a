from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drugfacts.authoring.read import MAX_BYTES, MAX_DEPTH, Entry, Items, Mapping, Place, Text, read_bytes, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from drugfacts.errors import Problem

# Bytes that a fact file might hold, so that random files get past the first sign.
YAML_BYTES = st.lists(
    st.sampled_from(
        [b"a: ", b"b", b"\n", b"  ", b"- ", b"[", b"]", b"{", b"}", b",", b"&x ", b"*x", b"!t ", b"? ", b"|"]
    )
    | st.binary(max_size=2),
    max_size=30,
).map(b"".join)


def only_problem(raw: bytes) -> Problem:
    node, problems = read_bytes(raw, "f.yaml")
    assert node is None
    assert [problem.file for problem in problems] == ["f.yaml"]
    return problems[0]


@settings(deadline=None, max_examples=300)
@given(st.binary() | YAML_BYTES)
@example(b"\xef\xbb\xbf")
@example(b'a: "\\ud800"')
@example(b"a: \x00")
def test_whatever_the_bytes_there_is_a_mapping_or_a_problem_and_never_both(raw: bytes) -> None:
    node, problems = read_bytes(raw, "f.yaml")
    assert isinstance(node, Mapping) != bool(problems)
    lines = raw.count(b"\n") + raw.count(b"\r") + 3
    assert all(1 <= problem.line <= lines and 1 <= problem.column <= len(raw) + 1 for problem in problems)


def test_every_part_of_a_file_knows_its_line_and_column() -> None:
    node, problems = read_bytes("é: [ä, b]\nk:\n  - n: no\n".encode(), "f.yaml")
    assert problems == []
    inner = Mapping(Place(3, 5), (Entry(Text(Place(3, 5), "n"), Text(Place(3, 8), "no")),))
    assert node == Mapping(
        Place(1, 1),
        (
            Entry(Text(Place(1, 1), "é"), Items(Place(1, 4), (Text(Place(1, 5), "ä"), Text(Place(1, 8), "b")))),
            Entry(Text(Place(2, 1), "k"), Items(Place(3, 3), (inner,))),
        ),
    )


@pytest.mark.parametrize("scalar", ["no", "false", "1e3", "0x10", "1999-08-12", "12:30:45", "~", "null", ".inf"])
def test_a_scalar_is_the_text_that_was_written(scalar: str) -> None:
    node, problems = read_bytes(f"a: {scalar}\n".encode(), "f.yaml")
    assert problems == []
    assert node is not None
    assert node.get("a") == Text(Place(1, 4), scalar)


def test_a_key_that_is_not_there_gives_nothing() -> None:
    node, _ = read_bytes(b"a: 1\n", "f.yaml")
    assert node is not None
    assert node.get("b") is None


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    node, problems = read_bytes(b"\xef\xbb\xbfid: a\n", "f.yaml")
    assert problems == []
    assert node is not None
    assert node.get("id") == Text(Place(1, 5), "a")


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"", "empty-file", 1, 1),
        (b"# only a comment\n", "empty-file", 1, 1),
        (b"- a\n- b\n", "wrong-type", 1, 1),
        (b"\n\n  just text\n", "wrong-type", 3, 3),
        (b"a: {b: 1\n", "bad-yaml", 2, 1),
        (b"ok: 1\na: b: c\n", "bad-yaml", 2, 5),
        (b"a: 1\n\tb: 2\n", "bad-yaml", 2, 1),
        (b"a: 1\n---\nb: 2\n", "bad-yaml", 2, 1),
        (b"a: *nothing\n", "alias", 1, 4),
        (b"a: &x 1\nb: *x\n", "alias", 1, 4),
        (b"a: \n  b: !!python/name:os.system x\n", "tag", 2, 6),
        (b"a: !mine x\n", "tag", 1, 4),
        (b"a: 1\n? [b, c]\n: 2\n", "wrong-type", 2, 3),
        (b"a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
        (b"a:\n  - {c: 1, d: 2, c: 3}\n", "duplicate-key", 2, 18),
        (b"a: 1\nb: \xff\n", "not-utf8", 2, 4),
        (b"\xff\xfea\x00", "not-utf8", 1, 1),
        (b"\xef\xbb\xbfid: a\n\xff\n", "not-utf8", 2, 1),
    ],
)
def test_a_fault_is_reported_where_it_stands(raw: bytes, code: str, line: int, column: int) -> None:
    problem = only_problem(raw)
    assert (problem.code, problem.line, problem.column) == (code, line, column)


def test_every_duplicate_key_is_reported() -> None:
    _, problems = read_bytes(b"a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n", "f.yaml")
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
        ("duplicate-key", 4, 1),
    ]


def test_the_same_key_in_two_mappings_is_no_duplicate() -> None:
    node, problems = read_bytes(b"a: {c: 1}\nb: {c: 1}\n", "f.yaml")
    assert node is not None
    assert problems == []


def test_aliases_cannot_unfold_a_small_file_into_a_large_one() -> None:
    levels = [b"a0: &a0 [x, x]"] + [b"a%d: &a%d [*a%d, *a%d]" % (n, n, n - 1, n - 1) for n in range(1, 40)]
    assert only_problem(b"\n".join(levels)).code == "alias"


def test_an_alias_to_itself_is_refused() -> None:
    assert only_problem(b"a: &x [*x]\n").code == "alias"


def nested(depth: int) -> bytes:
    """Give a mapping whose innermost text lies so many levels below it."""
    return b"a: " + b"[" * (depth - 1) + b"x" + b"]" * (depth - 1)


def test_nesting_is_read_down_to_the_limit_and_not_below() -> None:
    assert read_bytes(nested(MAX_DEPTH), "f.yaml")[1] == []
    problem = only_problem(nested(MAX_DEPTH + 1))
    assert (problem.code, problem.line, problem.column) == ("too-deep", 1, 3 + MAX_DEPTH + 1)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_without_end_is_a_problem_and_not_a_crash(opening: str) -> None:

    code = (
        "from drugfacts.authoring.read import read_bytes\n"
        f"node, problems = read_bytes({opening!r}.encode() * 300_000, 'f.yaml')\n"
        "print(node, problems[0].code)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0
    assert ended.stdout.split() in (["None", "bad-yaml"], ["None", "too-deep"])


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    raw = b"a: " + b"x" * (MAX_BYTES - 3)
    assert read_bytes(raw, "f.yaml")[1] == []
    assert only_problem(raw + b"x").code == "too-large"


def test_a_file_is_read_from_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: 1\n")
    assert read_file(path, "shown") == read_bytes(b"a: 1\n", "shown")


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    node, problems = read_file(tmp_path / "none.yaml", "none.yaml")
    assert node is None
    assert [(problem.file, problem.line, problem.column, problem.code) for problem in problems] == [
        ("none.yaml", 1, 1, "unreadable")
    ]
