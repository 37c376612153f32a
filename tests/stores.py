"""Small stores of invented drugs: one with more classes and kinds of relations, and the tiny one as a file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.derive import derive
from drugfacts.authoring.build import write_store
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.question import Proposed
from drugfacts.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from drugfacts.model import Verdict

REVIEW = "review: {status: checked, on: 2026-11-23}\n"
MORE = {
    "fields/vigour.yaml": """\
id: vigour
label: Vigour
kind: amount
meaning: How many times as strong as zorvane X is.
unit: times zorvane
inherited: false
""",
    "fields/undone-by.yaml": """\
id: undone-by
label: Undone by
kind: link
meaning: A substance undoes X.
object_kinds: [substance, class]
""",
    "fields/clashes.yaml": """\
id: clashes
label: Clashes with
kind: link
meaning: X clashes with Y.
object_kinds: [substance, class]
symmetric: true
""",
    "fields/twin.yaml": """\
id: twin
label: The same as
kind: link
meaning: X is Y.
object_kinds: [substance, class]
symmetric: true
inherited: false
verdict_required: true
""",
    "relations/stronger.yaml": """\
id: stronger
meaning: X is stronger than Y.
method: order
field: vigour
object_kinds: [substance, class]
yes: "{Subject} {is|are} stronger than {object}."
no: "{Subject} {is|are} not stronger than {object}."
cues: [stronger than]
""",
    "relations/as-strong.yaml": """\
id: as-strong
meaning: X is as strong as Y.
method: link
object_kinds: [substance, class]
excluded_by: [{relation: stronger, turned: true}]
yes: "{Subject} {is|are} as strong as {object}."
no: "{Subject} {is|are} not as strong as {object}."
cues: [as strong as]
""",
    "relations/undoes.yaml": """\
id: undoes
meaning: X undoes Y.
method: link
field: undone-by
inverse: true
object_kinds: [substance, class]
yes: "{Subject} {undoes|undo} {object}."
no: "{Subject} {does|do} not undo {object}."
cues: [undo]
""",
    "relations/clashes.yaml": """\
id: clashes
meaning: X clashes with Y.
method: link
field: clashes
object_kinds: [substance, class]
symmetric: true
yes: "{Subject} {clashes|clash} with {object}."
no: "{Subject} {does|do} not clash with {object}."
cues: [clash with]
""",
    "relations/same.yaml": """\
id: same
meaning: X and Y are the same.
method: identity
field: twin
object_kinds: [substance, class]
symmetric: true
yes: "{Subject} and {object} are the same."
no: "{Subject} and {object} are not the same."
cues: [the same as]
""",
    "relations/variety.yaml": """\
id: variety
meaning: X is a kind of Y.
method: identity
field: twin
object_kinds: [substance]
yes: "{Subject} {is|are} a kind of {object}."
no: "{Subject} {is|are} not a kind of {object}."
cues: [a variety of]
""",
    "relations/kin.yaml": """\
id: kin
meaning: X and Y belong to the same class.
method: kinship
object_kinds: [substance]
symmetric: true
yes: "{Subject} and {object} belong to the same class."
no: "{Subject} and {object} do not belong to the same class."
cues: [of one stock with]
""",
    "relations/spoils.yaml": """\
id: spoils
meaning: X can spoil Y.
method: link
field: brings
object_kinds: [material]
yes: "{Subject} can spoil {object}."
no: "{Subject} {does|do} not spoil {object}."
cues: [make waste of]
""",
    "terms/soil.yaml": """\
id: soil
name: soil
kind: material
""",
    "relations/deep-habit.yaml": """\
id: deep-habit
meaning: X becomes a deep habit.
method: field
field: deep-habit
requires: [habit]
yes: "{Subject} can become a deep habit."
no: "{Subject} cannot become a deep habit."
cues: [deep habit]
""",
    "fields/deep-habit.yaml": """\
id: deep-habit
label: Deep habit
kind: verdict
meaning: X can become a deep habit.
""",
    "relations/ends.yaml": """\
id: ends
meaning: X ends Y.
method: link
object_kinds: [harm]
yes: "{Subject} {ends|end} {object}."
no: "{Subject} {does|do} not end {object}."
cues: [put an end to]
""",
    "terms/rust.yaml": """\
id: rust
name: rust
kind: harm
rules_out:
  - {relation: ends, says: Nothing ends rust., sources: [src-one]}
""",
    "terms/fever.yaml": """\
id: fever
name: fever
kind: harm
""",
    "terms/shimmer-fever.yaml": """\
id: shimmer-fever
name: shimmer fever
kind: harm
names: [shimmers]
kind_of: [fever]
""",
    "substances/dry-husk.yaml": f"""\
id: dry-husk
name: husk
kind: substance
classes:
  - {{id: husk, sources: [src-one]}}
classes_complete: true
summary: {{text: This is the first of the husks., sources: [src-one]}}
{REVIEW}""",
    "classes/husk.yaml": f"""\
id: husk
name: husk
plural_name: husks
membership: crisp
summary: {{text: Husks are dry., sources: [src-one]}}
{REVIEW}""",
    "classes/glimmer.yaml": f"""\
id: glimmer
name: glimmer
plural_name: glimmers
membership: loose
summary: {{text: Glimmers glimmer., sources: [src-one]}}
{REVIEW}""",
    # of two classes above, with habits of its own; its class list is not complete
    "substances/marnol.yaml": f"""\
id: marnol
name: marnol
kind: substance
classes:
  - {{id: umbrant, sources: [src-one]}}
summary: {{text: Marnol is dim., sources: [src-one]}}
contested_classes:
  - {{id: husk, verdict: mixed, says: Gardeners disagree on marnol., sources: [src-one]}}
facts:
  habit: {{verdict: mixed, says: Marnol is a habit for some., sources: [src-one]}}
  brings:
    - {{object: shimmer-fever, verdict: false, says: Marnol brings no shimmer fever., sources: [src-one]}}
  vigour: {{says: Marnol is 2 to 4 times as strong., low: 2, high: 4, unit: times zorvane, sources: [src-one]}}
{REVIEW}""",
    "substances/vespine.yaml": f"""\
id: vespine
name: vespine
kind: substance
classes:
  - {{id: husk, sources: [src-one]}}
classes_complete: true
summary: {{text: Vespine is a husk., sources: [src-one]}}
facts:
  undone-by:
    - {{object: quelbrin, says: Quelbrin undoes vespine., sources: [src-one]}}
  brings:
    - {{object: fever, says: Vespine brings fever., sources: [src-one]}}
  clashes:
    - {{object: florant, says: Vespine clashes with florants., sources: [src-one]}}
    - {{object: zorvane, verdict: false, says: Vespine gets on with zorvane., sources: [src-one]}}
  vigour: {{says: Vespine is 3 to 9 times as strong., low: 3, high: 9, unit: times zorvane, sources: [src-one]}}
{REVIEW}""",
    "substances/ostrole.yaml": f"""\
id: ostrole
name: ostrole
kind: substance
classes:
  - {{id: husk, sources: [src-one]}}
classes_complete: true
summary: {{text: Ostrole is a husk., sources: [src-one]}}
facts:
  vigour: {{says: Ostrole is 20 times as strong., low: 20, high: 20, unit: times zorvane, sources: [src-one]}}
  brings:
    - {{object: fever, verdict: false, says: Ostrole brings no fever., sources: [src-one]}}
  twin:
    - {{object: quelbrin, verdict: misleading, says: Ostrole is quelbrin with sugar., sources: [src-one]}}
{REVIEW}""",
}
FLORANT_FACTS = """\
  undone-by:
    - {object: quelbrin, says: Quelbrin undoes florants., sources: [src-one]}
"""


@pytest.fixture
def wide(tiny_facts: Path) -> Iterator[Store]:
    """Give the small store with more classes, drugs and kinds of relations."""
    for name, content in MORE.items():
        (tiny_facts / name).write_text(content)
    florant = tiny_facts / "classes/florant.yaml"
    florant.write_text(florant.read_text().replace("review:", FLORANT_FACTS + "review:"))
    library, problems = load([tiny_facts])
    assert problems == []
    connection = sqlite3.connect(":memory:")
    yield compile_library(library, connection)
    connection.close()


@pytest.fixture
def file(tiny_facts: Path, tmp_path: Path) -> Path:
    """Write the tiny store into a file."""
    path = tmp_path / "tiny.sqlite"
    write_store(load([tiny_facts])[0], path)
    return path


@pytest.fixture
def opened(file: Path) -> Iterator[Store]:
    """Open that file."""
    store = Store.open(file)
    yield store
    store.close()


def verdict(store: Store, subject: str, relation: str, object_: str = "") -> Verdict | None:
    """Give the verdict that the profiles settle, if any."""
    derived = derive(Proposed(subject, relation, object_), store)
    return derived.verdict if derived else None
