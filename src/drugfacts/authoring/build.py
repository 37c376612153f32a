"""Build compiled stores: check the facts, compile them, put the file in place in one step."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drugfacts.authoring.compile import compile_library, content_key
from drugfacts.authoring.load import KINDS, Library, Loaded, load
from drugfacts.authoring.rules import check
from drugfacts.authoring.sides import with_numbers
from drugfacts.authoring.trial import try_wordings
from drugfacts.database import FORMAT, connect
from drugfacts.errors import FactsError, Problem, StoreError
from drugfacts.model import Encoder
from drugfacts.records import from_data
from drugfacts.store import Store
from drugfacts.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drugfacts.locate import Origin


def compile_folders(where: Origin, folder: str | None, pointer: str | None, warn: Callable[[str], None]) -> Store:
    """Compile the facts of an origin into the cache and open the result.

    Args:
        where: where the facts come from.
        folder: the cache folder, or None where there is none.
        pointer: the file in it that will name the store for these very files.
        warn: called with one line when the store cannot be kept.

    Raises:
        FactsError: the facts hold faults.
    """
    library = _load(where)
    name = f"{content_key(library)}-{__version__}-{FORMAT}.sqlite"
    if folder is None or pointer is None:
        return _uncached(library, "there is no home folder", warn)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        path = Path(folder) / name
        write_store(library, path)
        _replace(Path(pointer), name.encode("ascii"))
        return Store.open(path)
    except (OSError, sqlite3.OperationalError, StoreError) as error:
        return _uncached(library, f"{folder}: {error}", warn)


def _uncached(library: Library, reason: str, warn: Callable[[str], None]) -> Store:
    warn(f"the compiled facts cannot be kept ({reason}); they are compiled anew each time")
    return compile_library(library, sqlite3.connect(":memory:"))


def _load(where: Origin) -> Library:
    base = from_store(Path(where.shipped)) if where.shipped else None
    library, problems = load([Path(folder) for folder in where.folders])
    if base is not None:
        for shelf in library.shelves.values():
            for loaded in shelf.values():
                base.add(loaded)
        library = base
    problems += [problem for problem in check(library) if problem.code != "schema-line"]
    if problems:
        raise FactsError(sorted(problems))
    return library


def from_store(path: Path) -> Library:
    """Give the records of a compiled store as a library, for an overlay to be laid over."""
    library = Library()
    connection = connect(path)
    try:
        for folder, data, digest in connection.execute("SELECT folder, data, digest FROM record").fetchall():
            record: Any = from_data(KINDS[folder][0], json.loads(data))
            if isinstance(record, Encoder):
                record = with_numbers(record, connection)
            library.add(Loaded(record, folder, None, f"{folder}/{record.id}.yaml", digest))
    except sqlite3.Error as error:
        raise StoreError(f"{path} is damaged: {error}") from error
    finally:
        connection.close()
    return library


def write_store(library: Library, path: Path) -> None:
    """Compile a library into a file that appears whole or not at all.

    Raises:
        OSError: the folder cannot be written to.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".building-", suffix=".sqlite")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        try:
            compile_library(library, connection)
            connection.commit()
            connection.execute("VACUUM")
        finally:
            connection.close()
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".building-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)


def validate(folders: Iterable[Path], base: Path | None = None) -> tuple[Library, list[Problem]]:
    """Check facts in full: every rule, and every wording tried on the compiled store.

    Args:
        folders: fact folders, the base first.
        base: a compiled store that lies beneath them, where the base folder itself is not there.

    Returns:
        The library, and every problem in the order of the files.
    """
    library, problems = load(folders)
    if base is not None:
        beneath = from_store(base)
        for shelf in library.shelves.values():
            for loaded in shelf.values():
                beneath.add(loaded)
        library = beneath
    problems += check(library)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.sqlite"
        write_store(library, path)
        problems += try_wordings(library, path)
    return library, sorted(problems)
