"""Find the compiled store to answer from: the one shipped with the package, or one compiled into the user's cache.

A wheel ships its store. In a checkout, and for an overlay of a user's own facts, the store is compiled on first use,
kept in the cache under a key made from the content of the facts, and found again by their file times and sizes.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drugfacts.errors import StoreError
from drugfacts.store import FORMAT, Store, looks_whole
from drugfacts.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHIPPED = Path(__file__).with_name("facts.sqlite")
CHECKOUT = Path(__file__).resolve().parents[2] / "facts"
OVERLAY_VARIABLE = "DRUGFACTS_FACTS"
CACHE_VARIABLE = "DRUGFACTS_CACHE"


class Origin(NamedTuple):
    """Where facts come from.

    Attributes:
        folders: fact folders to compile, the base first; empty when the shipped store is used as it is.
        shipped: the shipped store, as the base of an overlay or by itself; None in a checkout.
    """

    folders: tuple[Path, ...]
    shipped: Path | None


def origin(overlay: Path | None) -> Origin:
    """Say where the facts come from.

    Args:
        overlay: a folder of the user's own facts, or None; the environment variable ``DRUGFACTS_FACTS`` names one too.

    Raises:
        StoreError: the overlay is no folder, or neither a shipped store nor a checkout is there.
    """
    named = overlay or (Path(os.environ[OVERLAY_VARIABLE]) if os.environ.get(OVERLAY_VARIABLE) else None)
    if named is not None and not named.is_dir():
        raise StoreError(f"{named} is not a folder of facts")
    base = (CHECKOUT,) if not SHIPPED.exists() and (CHECKOUT / "substances").is_dir() else ()
    if not base and not SHIPPED.exists():
        raise StoreError("the package holds no facts; install it again")
    return Origin((*base, named) if named else base, None if base else SHIPPED)


def open_store(overlay: Path | None = None, warn: Callable[[str], None] | None = None) -> Store:
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
    pointer = folder / f"{_stat_key(where)}.key" if folder else None
    if folder and pointer:
        path = _follow(pointer, folder)
        if path:
            try:
                return Store.open(path)
            except StoreError:
                pass  # damaged since it was looked at; it is compiled anew
    from drugfacts.authoring.build import compile_folders

    return compile_folders(where, folder, pointer, warn or (lambda _line: None))


def cache_folder() -> Path | None:
    """Give the folder that compiled stores are kept in, or None where there is no place for one."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "drugfacts" / "Cache" if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base and Path(base).is_absolute():
        return Path(base) / "drugfacts"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches/drugfacts" if sys.platform == "darwin" else ".cache/drugfacts")


def _follow(pointer: Path, folder: Path) -> Path | None:
    """Give the whole store that a pointer names, or None."""
    try:
        name = pointer.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    path = folder / name
    return path if path.name == name and looks_whole(path) else None


def _stat_key(where: Origin) -> str:
    """Give a key that changes when a fact file is added, taken away or written, or the code is another."""
    digest = hashlib.blake2b(f"{__version__}/{FORMAT}/{_code_stamp()}".encode(), digest_size=12)
    for root in where.folders:
        for path, stamp, size in sorted(_stats(str(root))):
            digest.update(f"{path}\0{stamp}\0{size}\n".encode("utf-8", "surrogateescape"))
    if where.shipped and where.folders:
        stat = where.shipped.stat()
        digest.update(f"{stat.st_mtime_ns}/{stat.st_size}".encode())
    return digest.hexdigest()


def _code_stamp() -> str:
    """Give a stamp of the code that reads and compiles; it matters in a checkout only, where code changes too."""
    if SHIPPED.exists():
        return ""
    package = str(Path(__file__).parent)
    return str(max(stamp for path, stamp, _ in _stats(package, ".py")))


def _stats(folder: str, ending: str = ".yaml") -> Iterator[tuple[str, int, int]]:
    try:
        entries: Sequence[os.DirEntry[str]] = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _stats(entry.path, ending)
        elif entry.name.endswith(ending):
            stat = entry.stat()
            yield entry.path, stat.st_mtime_ns, stat.st_size
