"""Fixtures for all tests: a tiny fact folder with invented drugs, the real store, and the command line.

Nothing here touches the caches of whoever runs the tests.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from base64 import b64encode
from fcntl import LOCK_EX, flock
from typing import TYPE_CHECKING

import pytest

from drugfacts.locate import CACHE_VARIABLE, OVERLAY_VARIABLE, open_store
from drugfacts.model import Encoder
from stores import file, opened, wide  # noqa: F401 - fixtures for all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from drugfacts.store import Store

# As the command line does; it counts only before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Every drug, class and ill is invented, so that no test leans on what the real store says.
TINY = {
    "sources/src-one.yaml": """\
id: src-one
title: On florants
publisher: Journal of Invented Medicine
year: 2020
url: https://example.org/florants
level: A
kind: review
read: full
read_on: 2026-11-23
""",
    "fields/habit.yaml": """\
id: habit
label: Habit
kind: verdict
meaning: X can become a habit.
main: true
""",
    "fields/brings.yaml": """\
id: brings
label: Brings
kind: link
meaning: X can bring on a harm.
object_kinds: [harm]
""",
    "relations/is-a.yaml": """\
id: is-a
meaning: X belongs to the class Y.
method: membership
object_kinds: [class]
yes: "{Subject} {is|are} {object}."
no: "{Subject} {is|are} not {object}."
cues: [belong to, kind of]
passive: [include]
""",
    "relations/habit.yaml": """\
id: habit
meaning: X can become a habit.
method: field
field: habit
yes: "{Subject} can become a habit."
no: "{Subject} cannot become a habit."
cues: [habit forming, become a habit]
negative: [non habit forming]
""",
    "relations/brings.yaml": """\
id: brings
meaning: X can bring on Y.
method: link
field: brings
object_kinds: [harm]
yes: "{Subject} can bring on {object}."
no: "{Subject} {does|do} not bring on {object}."
cues: [bring on]
passive: [brought on by]
""",
    "terms/shimmer-fever.yaml": """\
id: shimmer-fever
name: shimmer fever
kind: harm
names: [shimmers]
""",
    "classes/florant.yaml": """\
id: florant
name: florant
plural_name: florants
membership: crisp
summary: {text: Florants make things bloom., sources: [src-one]}
facts:
  habit: {verdict: true, says: Florants can become a habit., sources: [src-one]}
review: {status: checked, on: 2026-11-23}
""",
    "classes/umbrant.yaml": """\
id: umbrant
name: umbrant
plural_name: umbrants
membership: crisp
parents:
  - {id: florant, sources: [src-one]}
summary: {text: Umbrants are florants that work in the dark., sources: [src-one]}
review: {status: checked, on: 2026-11-23}
""",
    "substances/zorvane.yaml": """\
id: zorvane
name: zorvane
kind: substance
names: {brand: [Zorvex], street: [zip], abbreviation: [ZV-2]}
ambiguous: [zip]
classes:
  - {id: umbrant, sources: [src-one]}
classes_complete: true
summary: {text: Zorvane is an umbrant., sources: [src-one]}
mechanism: {text: It opens petals., short: Opens petals, sources: [src-one]}
facts:
  brings:
    - {object: shimmer-fever, says: Zorvane can bring on shimmer fever., sources: [src-one]}
law:
  - {place: US, status: Schedule IX, since: 1999-08-12, source: src-one}
confused_with:
  - {id: quelbrin, because: they come in the same box, sources: [src-one]}
review: {status: checked, on: 2026-11-23}
""",
    "substances/quelbrin.yaml": """\
id: quelbrin
name: quelbrin
kind: substance
classes: []
classes_complete: true
summary: {text: Quelbrin is a salt., sources: [src-one]}
facts:
  habit: {verdict: false, says: Quelbrin does not become a habit., sources: [src-one]}
review: {status: checked, on: 2026-11-23}
""",
    "claims/lore/quelbrin-is-a-florant.yaml": """\
id: quelbrin-is-a-florant
statement: Quelbrin is a florant.
topic: lore
about: {subject: quelbrin, relation: is-a, object: florant}
verdict: false
answer: Quelbrin is a salt and not a florant.
danger: true
instead: Ask a gardener.
asks:
  - is quelbrin a florant
  - Does quelbrin belong to the florants?
  - {text: "quelbrin isn't a florant", negated: true}
not_asks:
  - {text: is zorvane a florant, because: another drug}
  - {text: can quelbrin become a habit, because: asks about habit}
references:
  - {source: src-one, supports: [verdict], finding: Quelbrin is a salt.}
review: {status: checked, on: 2026-11-24}
""",
    "lexicon/words.yaml": """\
id: words
entries:
  - {id: article, role: article, phrases: [a, an, the]}
  - {id: copula, role: copula, phrases: [is, are]}
  - {id: auxiliary, role: auxiliary, phrases: [do, does, can]}
  - {id: plain-not, role: negator, effect: plain, phrases: [not]}
  - {id: never, role: negator, effect: adverb, phrases: [never]}
  - {id: all, role: force, effect: every, phrases: [all]}
  - {id: isnt, role: expansion, effect: is not, phrases: ["isn't"]}
  - {id: affirming, role: frame, effect: affirm, phrases: [is it true that]}
  - {id: profile, role: profile, phrases: [what is]}
  - {id: dose, role: refusal, effect: dose, notice: Doses are not given here., phrases: [how much]}
  - {id: blooming, role: concept, phrases: [bloom, blossom]}
  - {id: weed-eater, role: avoid, notice: say "gardener", phrases: [weed eater]}
  - {id: bloom-word, role: opposite, effect: wilt-word, phrases: [blooming]}
  - {id: wilt-word, role: opposite, effect: bloom-word, phrases: [wilting]}
""",
    "models/answer.yaml": """\
id: answer
made_by: hand
start: 0
evidence: [wording score]
trees: ["0 0.3 1 2; -4; 0 0.7 3 4; 0.5; 5"]
""",
    "models/records.yaml": """\
id: records
made_by: hand
start: 0
evidence: [side]
trees: ["0 0.85 1 2; -4; 4"]
""",
    "regions/arden.yaml": """\
id: arden
name: Arden
codes: [ZZ, AD]
emergency: 777
poison: "the gardener, 12 34"
sources: [src-one]
""",
    "word-lists/others.yaml": """\
id: others
kind: other-drugs
origin: invented
words: dralomine, quelbrix
""",
    "word-lists/english.yaml": """\
id: english
kind: ordinary
origin: invented
words: garden, petal
""",
}
# What some commands need besides: an amount in two samples, names that look alike, claims of each verdict.
LARGER = {
    "fields/heft.yaml": """\
id: heft
label: Heft
kind: amount
meaning: How heavy X is.
unit: stones
inherited: false
alias: [weight]
tells: It tells how heavy a bag is. It does not tell what is in it.
""",
    "fields/clashes.yaml": """\
id: clashes
label: Clashes with
kind: link
meaning: X clashes with Y.
object_kinds: [substance, class]
symmetric: true
main: true
""",
    "sources/src-two.yaml": """\
id: src-two
title: Weighing florants
publisher: Bag Review
year: 2021
url: https://example.org/bags
level: B
kind: review
read: full
read_on: 2026-11-23
""",
    "substances/murkane.yaml": """\
id: murkane
name: murkane
kind: substance
classes:
  - {id: umbrant, sources: [src-one]}
classes_complete: true
summary: {text: Murkane is an umbrant., sources: [src-one]}
facts:
  heft:
    {low: 2, high: 8, unit: stones, says: A bag of murkane weighs 2 to 8 stones., population: dry bags,
     sources: [src-two]}
  clashes:
    - {object: quelbrin, says: Murkane clashes with quelbrin., sources: [src-one]}
confused_with:
  - {id: murkene, because: murkene is a salt}
  - {id: zorvane, because: both come in bags}
  - {id: florant, because: the word is painted on the bag, by_name: true}
review: {status: checked, on: 2026-11-23}
""",
    "substances/murkene.yaml": """\
id: murkene
name: murkene
kind: substance
classes: []
classes_complete: true
summary: {text: Murkene is a salt., sources: [src-one]}
facts:
  heft:
    - {low: 4, high: 4, unit: stones, says: A bag of murkene weighs 4 stones., population: dry bags,
       sources: [src-one, src-two]}
    - {low: 40, high: 50, unit: stones, says: A wet bag of murkene weighs 40 to 50 stones., sample: wet,
       sources: [src-two]}
review: {status: checked, on: 2026-11-23}
""",
    **{
        f"claims/bags/murkane-{word}.yaml": f"""\
id: murkane-{word}
statement: Murkane makes bags {word}.
topic: bags
concepts: [[<murkane>], [bags {word}]]
verdict: {verdict}
answer: Whether murkane makes bags {word} was weighed.
asks: [does murkane make bags {word}]
not_asks: [{{text: does zorvane make bags {word}, because: another drug}}]
references: [{{source: src-one, supports: [verdict], finding: It was weighed.}}]
review: {{status: checked, on: 2026-11-24}}
"""
        for word, verdict in {
            "heavy": "true",
            "damp": "true",
            "loud": "true",
            "blue": "false",
            "sour": "false",
            "warm": "mixed",
            "stiff": "mostly-true",
            "bright": "misleading",
            "lucky": "unproven",
        }.items()
    },
}
SCHEMA_LINES = {
    "sources": "../schemas/source.json",
    "fields": "../schemas/field.json",
    "relations": "../schemas/relation.json",
    "terms": "../schemas/term.json",
    "classes": "../schemas/class.json",
    "substances": "../schemas/substance.json",
    "claims": "../../schemas/claim.json",
    "lexicon": "../schemas/lexicon.json",
    "models": "../schemas/model.json",
    "encoders": "../schemas/encoder.json",
    "regions": "../schemas/region.json",
    "word-lists": "../schemas/word-list.json",
}


def encoder_of(
    pieces: Sequence[str],
    claims: Mapping[str, bytes] | None = None,
    relations: Mapping[str, bytes] | None = None,
    key: str = "texts",
) -> Encoder:
    """Give a small encoder of two layers, eight numbers wide, with random numbers that are always the same ones.

    Args:
        pieces: the pieces of words that it knows besides those that every encoder has.
        claims: the directions of claims, sixteen numbers for either side.
        relations: those of relations.
        key: ``texts``, or ``pairs`` for one that reads a text beside a statement.
    """
    import numpy as np

    chance = np.random.default_rng(7)

    def table(rows: int, columns: int) -> str:
        packed = chance.uniform(0.01, 0.02, rows).astype("<f4").tobytes()
        packed += chance.integers(-127, 128, rows * columns).astype(np.int8).tobytes()
        return f"{rows} {columns} {b64encode(packed).decode()}"

    def row(columns: int, mean: float = 0.0) -> str:
        return f"0 {columns} {b64encode(chance.normal(mean, 0.1, columns).astype('<f4').tobytes()).decode()}"

    known = ["[UNK]", "[CLS]", "[SEP]", *pieces]
    tables = {"codes": table(len(known), 5), "code map": table(8, 5), "places": table(128 if key == "pairs" else 64, 8)}
    tables |= {"norm scale": row(8, 1.0), "norm shift": row(8), "head": table(16, 8), "relation head": table(16, 8)}
    tables |= {"second": row(8), "judge": table(3, 16), "judge shift": row(3)} if key == "pairs" else {}
    for layer in range(2):
        for name, rows, columns in (
            *((name, 8, 8) for name in ("query", "key", "value", "out")),
            ("wide", 16, 8),
            ("narrow", 8, 16),
        ):
            tables |= {f"{layer} {name}": table(rows, columns), f"{layer} {name} shift": row(rows)}
        for name in ("first norm", "second norm"):
            tables |= {f"{layer} {name} scale": row(8, 1.0), f"{layer} {name} shift": row(8)}
    sides = [
        tuple(f"{name} {b64encode(packed).decode()}" for name, packed in (given or {}).items())
        for given in (claims, relations)
    ]
    written = tuple(f"{name}: {packed}" for name, packed in tables.items())
    return Encoder(key, "hand", "chance", 2, 2, " ".join(known), written, *sides)


def encoder_file(encoder: Encoder) -> str:
    """Give an encoder as a fact file."""
    lines = ["# yaml-language-server: $schema=../schemas/encoder.json"]
    lines += [
        f'{name}: "{getattr(encoder, name)}"' for name in ("id", "made_by", "origin", "layers", "heads", "pieces")
    ]
    for name in ("tables", "claims", "relations"):
        every = getattr(encoder, name)
        lines += [f"{name}:", *(f'  - "{one}"' for one in every)] if every else [f"{name}: []"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def make_encoder() -> Callable[..., Encoder]:
    """Give ``encoder_of``."""
    return encoder_of


@pytest.fixture(scope="session")
def as_file() -> Callable[[Encoder], str]:
    """Give ``encoder_file``."""
    return encoder_file


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the cache folder of this run of the tests, which every test and child process uses.

    Processes that share the tests of a run among them share it, too.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cache"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(folder))
        patch.delenv(OVERLAY_VARIABLE, raising=False)
        yield folder


@pytest.fixture(scope="session")
def filled(cache: Path) -> Path:
    """Give the cache folder with the real store in it, which takes long to compile: one process does, others wait."""
    with (cache / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        open_store().close()
    return cache


@pytest.fixture(scope="session")
def store(filled: Path) -> Iterator[Store]:
    """Give the real store."""
    assert filled.is_dir()
    real = open_store()
    yield real
    real.close()


@pytest.fixture(scope="session")
def run(filled: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a function that runs the command line in a process of its own.

    It takes the arguments, and by name ``stdin`` (text or bytes; nothing if not given) and ``env`` (variables to add).
    """

    def call(
        *arguments: str, stdin: str | bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ended = subprocess.run(
            [sys.executable, "-m", "drugfacts", *arguments],
            input=given,
            capture_output=True,
            env={**os.environ, CACHE_VARIABLE: str(filled), **(env or {})},
            check=False,
        )
        return subprocess.CompletedProcess(ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return call


@pytest.fixture
def tiny_facts(tmp_path: Path) -> Path:
    """Write a small fact folder without faults."""
    return write_facts(tmp_path / "facts", TINY)


def write_facts(root: Path, contents: Mapping[str, str]) -> Path:
    """Write files of facts, each with the line that names its schema."""
    for name, content in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        first = f"# yaml-language-server: $schema={SCHEMA_LINES[name.split('/')[0]]}\n"
        path.write_text(first + content, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def larger_facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small fact folder with more in it; it must not be changed."""
    return write_facts(tmp_path_factory.mktemp("larger") / "facts", {**TINY, **LARGER})


@pytest.fixture(scope="session")
def larger_store(larger_facts: Path) -> Iterator[Store]:
    """Compile the larger small fact folder in memory."""
    yield from compiled(larger_facts)


@pytest.fixture(scope="session")
def run_larger(larger_facts: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a function like ``run`` for a command line whose own facts are those of the larger small folder."""
    program = (
        "import sys; from drugfacts import locate; locate.CHECKOUT = sys.argv.pop(1); "
        "from drugfacts.cli import main; main()"
    )

    def call(
        *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            [sys.executable, "-c", program, str(larger_facts), *arguments],
            input=stdin.encode(),
            capture_output=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            check=False,
        )
        return subprocess.CompletedProcess(ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return call


@pytest.fixture
def change(tiny_facts: Path) -> Callable[[str, str, str], Path]:
    """Give a function that puts a new text in place of an old one, which must stand once, in a file of the folder."""

    def edit(name: str, old: str, new: str) -> Path:
        path = tiny_facts / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return edit


@pytest.fixture
def tiny_store(tiny_facts: Path) -> Iterator[Store]:
    """Compile the small fact folder in memory."""
    yield from compiled(tiny_facts)


def compiled(root: Path) -> Iterator[Store]:
    """Compile a fact folder, which must be free of faults, in memory."""
    from drugfacts.authoring.compile import compile_library
    from drugfacts.authoring.load import load
    from drugfacts.authoring.rules import check

    library, problems = load([root])
    assert problems + check(library) == []
    connection = sqlite3.connect(":memory:")
    yield compile_library(library, connection)
    connection.close()
