from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from drugfacts.authoring.load import KINDS, fact_files, load
from drugfacts.authoring.schema import FOLDER, first_line, schemas
from drugfacts.locate import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable

FACTS = Path(CHECKOUT)


class _EditorLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as editors do, by the core schema of YAML 1.2: ``yes``, ``on`` and dates are texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (PyYAML asks for a plain attribute)


_EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
_EditorLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(null|~|)$"), ["n", "~", ""])
_EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
_EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)


def name_of(folder: str) -> str:
    """Give the file name of a folder's schema, as the first line of each file names it."""
    return first_line(folder).rpartition("/")[2]


def complaints(root: Path, made: dict[str, dict[str, Any]]) -> list[str]:
    """Give what the schemas have against the files of a fact folder."""
    validators = {name: jsonschema.Draft7Validator(schema) for name, schema in made.items()}
    return [
        f"{path.relative_to(root)}: {error.json_path}: {error.message}"
        for folder, path in fact_files(root)
        for error in validators[name_of(folder)].iter_errors(
            yaml.load(path.read_text(encoding="utf-8"), Loader=_EditorLoader)
        )
    ]


@pytest.fixture
def tiny_schemas(tiny_facts: Path) -> dict[str, dict[str, Any]]:
    return schemas(load([tiny_facts])[0])


def test_there_is_a_schema_for_every_folder(tiny_schemas: dict[str, dict[str, Any]]) -> None:
    assert sorted(tiny_schemas) == sorted(name_of(folder) for folder in KINDS)


def test_every_schema_is_one_by_draft_07(tiny_schemas: dict[str, dict[str, Any]]) -> None:
    for schema in tiny_schemas.values():
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        jsonschema.Draft7Validator.check_schema(schema)


def test_the_schemas_accept_the_small_store(tiny_facts: Path, tiny_schemas: dict[str, dict[str, Any]]) -> None:
    assert complaints(tiny_facts, tiny_schemas) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("substances/zorvane.yaml", "review:", "colour: red\nreview:"),
        ("substances/zorvane.yaml", "classes_complete: true", "classes_complete: maybe"),
        ("substances/zorvane.yaml", "kind: substance", "kind: thing"),
        ("substances/zorvane.yaml", "brings:", "brinks:"),
        ("substances/zorvane.yaml", "{object: shimmer-fever, says", "{says"),
        ("substances/zorvane.yaml", "ambiguous: [zip]", "ambiguous: zip"),
        ("substances/quelbrin.yaml", "{verdict: false, says", "{says"),
        ("substances/quelbrin.yaml", "summary: {text: Quelbrin is a salt., sources: [src-one]}\n", ""),
        ("claims/lore/quelbrin-is-a-florant.yaml", "verdict: false", "verdict: untrue"),
        ("claims/lore/quelbrin-is-a-florant.yaml", "supports: [verdict]", "supports: [everything]"),
        ("claims/lore/quelbrin-is-a-florant.yaml", ", because: another drug", ""),
        ("lexicon/words.yaml", "role: copula", "rule: copula"),
    ],
)
def test_the_schemas_refuse_what_the_program_would(
    tiny_facts: Path, change: Callable[[str, str, str], Path], name: str, old: str, new: str
) -> None:
    made = schemas(load([tiny_facts])[0])
    change(name, old, new)
    assert {complaint.partition(":")[0] for complaint in complaints(tiny_facts, made)} == {name}


def test_the_fields_of_a_store_are_the_keys_of_its_facts(tiny_schemas: dict[str, dict[str, Any]]) -> None:
    facts = tiny_schemas["substance.json"]["properties"]["facts"]
    assert set(facts["properties"]) == {"habit", "brings"}
    assert facts["additionalProperties"] is False
    assert facts["properties"]["habit"]["required"] == ["says", "sources", "verdict"]
    assert facts["properties"]["habit"]["description"] == "X can become a habit."


@pytest.mark.parametrize("folder", KINDS)
def test_the_first_line_of_a_file_leads_to_its_schema(folder: str) -> None:
    path = Path("/facts", folder, *(["topic"] if folder == "claims" else []))
    start, _, way = first_line(folder).partition("=")
    assert start == "# yaml-language-server: $schema"
    assert (path / way).resolve() == Path("/facts", FOLDER, name_of(folder))


def test_the_real_facts_are_accepted_by_their_schemas() -> None:
    assert complaints(FACTS, schemas(load([FACTS])[0])) == []


def test_the_schemas_that_are_kept_with_the_facts_are_those_of_the_model() -> None:
    made = schemas(load([FACTS])[0])
    kept = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (FACTS / FOLDER).glob("*.json")}
    assert sorted(kept) == sorted(made)
    assert [name for name in made if kept[name] != made[name]] == []
