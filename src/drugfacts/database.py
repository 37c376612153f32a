"""A compiled store as a file: opening it, and reading rows of it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from drugfacts.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

    from typing_extensions import Self

APPLICATION_ID = 0x64727567  # "drug"
FORMAT = 11
_HEADER = 100
_KEEP = 50_000
R = TypeVar("R")
K = TypeVar("K")


def looks_whole(path: str | PathLike[str]) -> bool:
    """Say whether a file is a store of this format and has the length that its header promises."""
    try:
        with open(path, "rb") as file:
            header = file.read(_HEADER)
            size = file.seek(0, 2)
    except (OSError, ValueError):  # a name with a NUL in it is a ValueError
        return False
    if len(header) < _HEADER or not header.startswith(b"SQLite format 3\0"):
        return False
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    return (
        size == pages * (65536 if page == 1 else page)
        and int.from_bytes(header[68:72], "big") == APPLICATION_ID
        and int.from_bytes(header[60:64], "big") == FORMAT
    )


@contextmanager
def decoding() -> Iterator[None]:
    """Say that the store is damaged where what it holds cannot be decoded."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise StoreError(f"the compiled store is damaged: {error}") from error


def connect(path: str | PathLike[str]) -> sqlite3.Connection:
    """Connect to a store file for reading only, taking no locks."""
    name = os.path.abspath(path)
    for special in "%?#":  # what would end or alter the path of an address
        name = name.replace(special, f"%{ord(special):02x}")
    if os.sep != "/":
        name = "/" + name.replace(os.sep, "/")
    return sqlite3.connect(f"file:{name}?mode=ro&immutable=1", uri=True)


class Database:
    """An open store file. Everything made of what was read is kept, up to a bound."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open connection to a compiled store."""
        self._connection = connection
        self._caches: dict[tuple[Any, ...], Any] = {}
        self.meta: dict[str, str] = dict(self._rows("SELECT key, value FROM meta"))
        if not all(isinstance(self.meta.get(key), str) for key in ("content", "reviewed")):
            raise StoreError("the compiled store is damaged: it does not say what it holds")

    @classmethod
    def open(cls, path: str | PathLike[str]) -> Self:
        """Open a store file for reading.

        Raises:
            StoreError: it is not a whole store of this format.
        """
        if not looks_whole(path):
            raise StoreError(f"{path} is not a whole compiled store of this version")
        try:
            return cls(connect(path))
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be read: {error}") from error

    def close(self) -> None:
        """Close the file; the store cannot be asked any more."""
        self._connection.close()

    def _rows(self, query: str, arguments: Iterable[Any] = ()) -> list[Any]:
        try:
            return self._connection.execute(query, tuple(arguments)).fetchall()
        except UnicodeEncodeError:
            return []  # half a surrogate, from an argument that is not UTF-8, is in no store
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise StoreError(f"the compiled store is damaged: {error}") from error

    def remember(self, slot: tuple[Any, ...], make: Callable[[], R]) -> R:
        """Give what was made for a slot, making it the first time; how much is remembered is bounded."""
        if slot not in self._caches:
            if len(self._caches) > _KEEP:
                self._caches.clear()
            self._caches[slot] = make()
        found: R = self._caches[slot]
        return found


def missing(wanted: Iterable[K], kept: dict[K, Any]) -> list[K]:
    """Give what is wanted and not kept; what is kept is let go first where it has become too much."""
    if len(kept) > _KEEP:
        kept.clear()
    return [one for one in wanted if one not in kept]
