"""What is loaded when, and which module may know which."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import drugfacts

PACKAGE = Path(drugfacts.__file__).parent


class Import(NamedTuple):
    """One import: the module that has it, the module or name it asks for, and whether it runs when it is loaded."""

    importer: str
    imported: str
    late: bool


def imports_of(path: Path) -> list[Import]:
    """Give the imports of a file, except those that only the type checker sees."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    importer = ".".join(parts).removesuffix(".__init__")
    found: list[Import] = []

    def walk(node: ast.AST, *, late: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            if isinstance(child, ast.Import):
                found.extend(Import(importer, alias.name, late) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0
                found.extend(Import(importer, f"{child.module}.{alias.name}", late) for alias in child.names)
            else:
                walk(child, late=late or isinstance(child, (ast.FunctionDef, ast.Lambda)))

    walk(ast.parse(path.read_text(encoding="utf-8")), late=False)
    return found


IMPORTS = [found for path in sorted(PACKAGE.rglob("*.py")) for found in imports_of(path)]


def within(name: str, *packages: str) -> bool:
    """Say whether a module or name is one of some packages or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def modules_after(code: str) -> set[str]:
    """Give what is loaded after some code has run in an interpreter of its own."""
    program = f"{code}\nimport sys\nprint(*sys.modules, sep='\\n')"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_importing_the_package_loads_no_yaml_no_rich_no_typer_no_numpy_and_no_authoring() -> None:
    loaded = modules_after("import drugfacts")
    assert "drugfacts.store" in loaded
    others = ("yaml", "rich", "typer", "click", "numpy", "drugfacts.authoring", "drugfacts.answering.encoder")
    assert {name for name in loaded if within(name, *others)} == set()
    assert {name for name in loaded if within(name, "drugfacts.cli", "drugfacts.render")} == set()


def test_building_the_store_needs_only_what_the_build_declares() -> None:
    declared = {"yaml", "numpy"}
    own = {"drugfacts", *sys.stdlib_module_names}
    program = (
        "import sys\n"
        "class Undeclared:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        top = name.partition('.')[0]\n"
        f"        if top not in {sorted(own | declared)} and not top.startswith('_'):\n"
        "            raise ModuleNotFoundError(f'{name} is not declared', name=name)\n"
        "sys.meta_path.insert(0, Undeclared())\n"
        "import drugfacts, drugfacts.authoring.build, drugfacts.authoring.rules, drugfacts.answering.encoder\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_the_public_face_is_all_there_and_nothing_else() -> None:
    assert sorted(drugfacts.__all__) == drugfacts.__all__
    assert [name for name in drugfacts.__all__ if not hasattr(drugfacts, name)] == []


@pytest.mark.parametrize(
    ("leaf", "below"),
    [("errors", ()), ("enums", ()), ("text", ()), ("records", ()), ("model", ("drugfacts.enums",))],
)
def test_a_leaf_imports_nothing_of_the_package_but_what_lies_below_it(leaf: str, below: tuple[str, ...]) -> None:
    assert (PACKAGE / f"{leaf}.py").exists()
    own = [one.imported for one in IMPORTS if one.importer == f"drugfacts.{leaf}" and within(one.imported, "drugfacts")]
    assert [name for name in own if not any(within(name, lower) for lower in below)] == []


def test_only_authoring_imports_yaml() -> None:
    importers = {one.importer for one in IMPORTS if within(one.imported, "yaml")}
    assert importers
    assert {name for name in importers if not within(name, "drugfacts.authoring")} == set()


def test_only_rendering_imports_rich_save_for_the_command_line_when_it_must() -> None:
    importers = {(one.importer, one.late) for one in IMPORTS if within(one.imported, "rich")}
    assert importers
    assert {
        name
        for name, late in importers
        if not within(name, "drugfacts.render") and not (within(name, "drugfacts.cli") and late)
    } == set()


def test_the_encoder_and_numpy_are_loaded_only_when_they_are_asked() -> None:
    early = {one.importer for one in IMPORTS if within(one.imported, "numpy") and not one.late}
    assert early == {"drugfacts.answering.encoder"}
    importers = {one.importer for one in IMPORTS if within(one.imported, "drugfacts.answering.encoder")}
    assert importers
    assert {one.importer for one in IMPORTS if within(one.imported, *early) and not one.late} == set()


def test_only_the_command_line_imports_typer() -> None:
    importers = {one.importer for one in IMPORTS if within(one.imported, "typer")}
    assert importers
    assert {name for name in importers if not within(name, "drugfacts.cli")} == set()


@pytest.mark.parametrize(
    ("package", "above"),
    [
        (
            "drugfacts.database",
            ["drugfacts.answering", "drugfacts.language", "drugfacts.render", "drugfacts.cli", "drugfacts.authoring"],
        ),
        ("drugfacts.store", ["drugfacts.answering", "drugfacts.render", "drugfacts.cli", "drugfacts.authoring"]),
        ("drugfacts.language", ["drugfacts.answering", "drugfacts.render", "drugfacts.cli", "drugfacts.authoring"]),
        ("drugfacts.answering", ["drugfacts.render", "drugfacts.cli", "drugfacts.authoring"]),
        ("drugfacts.render", ["drugfacts.cli", "drugfacts.authoring"]),
        ("drugfacts.authoring", ["drugfacts.render", "drugfacts.cli"]),
    ],
)
def test_a_stage_knows_nothing_of_those_after_it(package: str, above: list[str]) -> None:
    mine = [one for one in IMPORTS if within(one.importer, package)]
    assert mine
    assert [one for one in mine if within(one.imported, *above)] == []


def test_nothing_but_the_command_line_itself_imports_it() -> None:
    importers = {one.importer for one in IMPORTS if within(one.imported, "drugfacts.cli")}
    assert importers
    assert {name for name in importers if not within(name, "drugfacts.cli", "drugfacts.__main__")} == set()


def test_authoring_is_imported_only_when_it_is_needed() -> None:
    outside = [
        one
        for one in IMPORTS
        if within(one.imported, "drugfacts.authoring") and not within(one.importer, "drugfacts.authoring")
    ]
    assert outside
    assert [one for one in outside if not one.late] == []
