"""Find the compiled store to answer from: the one shipped with the package, or one compiled into the user's cache.

A wheel ships its store. In a checkout, and for an overlay of a user's own facts, the store is compiled on first use,
kept in the cache under a key made from the content of the facts, and found again by their file times and sizes.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.database import FORMAT, looks_whole
from drugfacts.errors import StoreError
from drugfacts.store import Store
from drugfacts.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Paths are plain text here: pathlib costs more at start-up than everything else that is done with them.
_PACKAGE = os.path.dirname(os.path.realpath(__file__))
SHIPPED = os.path.join(_PACKAGE, "facts.sqlite")
CHECKOUT = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "facts")
OVERLAY_VARIABLE = "DRUGFACTS_FACTS"
# Facts lie two folders deep; a link back up must not be followed for ever.
_DEEPEST = 4
CACHE_VARIABLE = "DRUGFACTS_CACHE"


class Origin(NamedTuple):
    """Where facts come from.

    Attributes:
        folders: fact folders to compile, the base first; empty when the shipped store is used as it is.
        shipped: the shipped store, as the base of an overlay or by itself; None in a checkout.
    """

    folders: tuple[str, ...]
    shipped: str | None


def origin(overlay: str | os.PathLike[str] | None = None) -> Origin:
    """Say where the facts come from.

    Args:
        overlay: a folder of the user's own facts, or None; the environment variable ``DRUGFACTS_FACTS`` names one too.

    Raises:
        StoreError: the overlay is no folder, or neither a shipped store nor a checkout is there.
    """
    named = os.fspath(overlay) if overlay else os.environ.get(OVERLAY_VARIABLE, "")
    if named and not os.path.isdir(named):
        raise StoreError(f"{named} is not a folder of facts")
    shipped = os.path.exists(SHIPPED)
    if not shipped and not os.path.isdir(os.path.join(CHECKOUT, "substances")):
        raise StoreError("the package holds no facts; install it again")
    base = () if shipped else (CHECKOUT,)
    return Origin((*base, named) if named else base, SHIPPED if shipped else None)


def open_store(overlay: str | os.PathLike[str] | None = None, warn: Callable[[str], None] | None = None) -> Store:
    """Open the store, compiling it first where there is no whole one.

    Args:
        overlay: a folder of the user's own facts, laid over the others.
        warn: called with one line when the store cannot be kept in the cache.

    Raises:
        FactsError: the facts hold faults.
        StoreError: no facts can be found, or the shipped store is damaged.
    """
    where = origin(overlay)
    if not where.folders:
        assert where.shipped is not None
        return Store.open(where.shipped)
    folder = cache_folder()
    pointer = os.path.join(folder, f"{_stat_key(where)}.key") if folder else None
    if folder and pointer:
        path = _follow(pointer, folder)
        if path:
            try:
                return Store.open(path)
            except StoreError:
                pass  # damaged since it was looked at; it is compiled anew
    from drugfacts.authoring.build import compile_folders

    return compile_folders(where, folder, pointer, warn or (lambda _line: None))


def cache_folder() -> str | None:
    """Give the folder that compiled stores are kept in, or None where there is no place for one."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return named
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return os.path.join(base, "drugfacts", "Cache") if base else None
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return os.path.join(base, "drugfacts")
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        return None
    return os.path.join(home, "Library/Caches/drugfacts" if sys.platform == "darwin" else ".cache/drugfacts")


def _follow(pointer: str, folder: str) -> str | None:
    """Give the whole store that a pointer names, or None."""
    try:
        with open(pointer, encoding="ascii") as file:
            name = file.read().strip()
    except (OSError, ValueError):
        return None
    path = os.path.join(folder, name)
    return path if os.path.basename(name) == name and looks_whole(path) else None


def _stat_key(where: Origin) -> str:
    """Give a key that changes when a fact file is added, taken away or written, or the code is another."""
    import hashlib

    digest = hashlib.blake2b(f"{__version__}/{FORMAT}/{_code_stamp()}".encode(), digest_size=12)
    for root in where.folders:
        for path, stamp, size in sorted(_stats(os.path.abspath(root))):
            digest.update(f"{path}\0{stamp}\0{size}\n".encode("utf-8", "surrogateescape"))
    if where.shipped and where.folders:
        stat = os.stat(where.shipped)
        digest.update(f"{stat.st_mtime_ns}/{stat.st_size}".encode())
    return digest.hexdigest()


def _code_stamp() -> str:
    """Give a stamp of the code that reads and compiles; it matters in a checkout only, where code changes too."""
    if os.path.exists(SHIPPED):
        return ""
    return str(max(stamp for _, stamp, _ in _stats(_PACKAGE, ".py")))


def _stats(folder: str, ending: str = ".yaml", depth: int = _DEEPEST) -> Iterator[tuple[str, int, int]]:
    try:
        entries: Sequence[os.DirEntry[str]] = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir() and entry.name != "__pycache__":
                if depth:
                    yield from _stats(entry.path, ending, depth - 1)
            elif entry.name.endswith(ending):
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size
        except OSError:
            continue  # a link that leads nowhere, or a file taken away meanwhile
