"""Tell where a text points as a whole, word order and all: a small network of a few layers, run with numpy.

It is a transformer encoder (Vaswani et al. 2017) in the form of BERT (Devlin et al. 2019), with the vectors of word
pieces held as a product of two tables (Lan et al. 2020). ``training/encoder.py`` fits it; its numbers are facts
(``facts/encoders``). Loading numpy takes longer than most answers, so only what the quick ways cannot answer comes
here.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from drugfacts.answering.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from drugfacts.model import Encoder
    from drugfacts.rows import WeightsRow

    Numbers = NDArray[np.float32]

# What is added to a variance before its root is taken, as the network was fitted with.
_TINY = 1e-12
_UNIT = 127.0
# The three ways in which a piece takes part in looking.
_LOOKS = ("query", "key", "value")


class Network(NamedTuple):
    """An encoder ready to run.

    Attributes:
        pieces: the number of each word piece.
        tables: its numbers by name.
        layers: how many layers it has.
        heads: how many heads each layer has.
    """

    pieces: Mapping[str, int]
    tables: Mapping[str, Numbers]
    layers: int
    heads: int


def network(encoder: Encoder, weights: Mapping[str, WeightsRow]) -> Network:
    """Make an encoder ready to run.

    Args:
        encoder: the record.
        weights: its numbers by name.
    """
    known = {piece: number for number, piece in enumerate(encoder.pieces.split(" "))}
    tables = {name: _unpacked(*row) for name, row in weights.items()}
    return Network(known, tables, encoder.layers, encoder.heads)


def _unpacked(rows: int, columns: int, packed: bytes) -> Numbers:
    if rows == 0:
        return np.frombuffer(packed, "<f4", columns)
    scales = np.frombuffer(packed, "<f4", rows)
    numbers = np.frombuffer(packed, np.int8, rows * columns, 4 * rows)
    table: Numbers = np.multiply(numbers.reshape(rows, columns), scales[:, None], dtype=np.float32)
    return table


def hidden(words: Iterable[str], net: Network) -> Numbers:
    """Give the mean of what the last layer makes of the pieces of a text.

    Args:
        words: the words of the text (``drugfacts.language.plain``).
        net: the network.

    Returns:
        As many numbers as a layer is wide.
    """
    (last,) = _layers([(pieces(words, net.pieces), [])], net)
    mean: Numbers = last.mean(axis=0)
    return mean


def judgements(words: Iterable[str], statements: Sequence[Iterable[str]], net: Network) -> list[Numbers]:
    """Tell what a text says of each of some statements, reading both side by side, as a network was fitted to.

    All are read at once: the numbers of the network are then fetched once, which takes longer than to reckon with them.

    Args:
        words: the words of the text.
        statements: the words of the statements.
        net: the network, with the tables ``second`` and ``judge``.

    Returns:
        For each statement three shares that sum to 1: that the text says what it says, that it denies it, and neither.
    """
    text = pieces(words, net.pieces)
    found = []
    for last in _layers([(text, pieces(one, net.pieces)[1:]) for one in statements], net) if statements else ():
        scores = net.tables["judge"] @ np.concatenate([last[0], last.mean(axis=0)]) + net.tables["judge shift"]
        raised = np.exp(scores - scores.max())
        found.append(raised / raised.sum())
    return found


def _layers(texts: Sequence[tuple[Sequence[int], Sequence[int]]], net: Network) -> list[Numbers]:
    """Give for each text, with the one that is read beside it, what the last layer makes of each of its pieces."""
    tables = net.tables
    numbers = [piece for text, other in texts for piece in (*text, *other)]
    places = [place for text, other in texts for place in range(len(text) + len(other))]
    second = [[float(after)] for text, other in texts for after in (*[False] * len(text), *[True] * len(other))]
    now = tables["codes"][numbers] @ tables["code map"].T + tables["places"][places]
    if any(other for _, other in texts):
        now += np.array(second, np.float32) * tables["second"]
    now = _normal(now, tables, "norm")
    cuts = list(accumulate(len(text) + len(other) for text, other in texts))
    for layer in range(net.layers):
        attended = _attention(now, cuts, tables, layer, net.heads)
        now = _normal(now + attended, tables, f"{layer} first norm")
        wide = _gelu(_linear(now, tables, f"{layer} wide"))
        now = _normal(now + _linear(wide, tables, f"{layer} narrow"), tables, f"{layer} second norm")
    return np.split(now, cuts[:-1])


def pointing(mean: Numbers, net: Network, head: str = "head") -> Numbers:
    """Give where a text points.

    Args:
        mean: what ``hidden`` gives.
        net: the network.
        head: ``head`` for claims, ``relation head`` for relations.

    Returns:
        A vector of length 1.
    """
    vector = net.tables[head] @ mean
    pointed: Numbers = vector / max(float(np.linalg.norm(vector)), _TINY)
    return pointed


def both_sides(entries: Sequence[bytes]) -> Numbers:
    """Give the directions of claims, or relations, as a table: for each a row where it is said, one where it is denied.

    Args:
        entries: for each the two vectors, a signed byte a number, one after the other.
    """
    width = len(entries[0]) // 2 if entries else 1
    return np.frombuffer(b"".join(entries), np.int8).reshape(-1, width).astype(np.float32) / _UNIT


def packed_sides(said: Numbers, denied: Numbers) -> bytes:
    """Write the two directions of a claim as ``both_sides`` reads them."""
    return np.round(np.concatenate([said, denied]) * _UNIT).astype(np.int8).tobytes()


def _linear(rows: Numbers, tables: Mapping[str, Numbers], name: str) -> Numbers:
    made: Numbers = rows @ tables[name].T + tables[f"{name} shift"]
    return made


def _normal(rows: Numbers, tables: Mapping[str, Numbers], name: str) -> Numbers:
    centred = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _TINY)
    made: Numbers = centred / spread * tables[f"{name} scale"] + tables[f"{name} shift"]
    return made


def _gelu(rows: Numbers) -> Numbers:
    """Apply the Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016)."""
    made: Numbers = 0.5 * rows * (1 + np.tanh(0.7978845608 * (rows + 0.044715 * rows * rows * rows)))
    return made


def _attention(rows: Numbers, cuts: Sequence[int], tables: Mapping[str, Numbers], layer: int, heads: int) -> Numbers:
    """Let the pieces of each text look at one another; the ``cuts`` are where the texts end."""
    query, key, value = (np.split(_linear(rows, tables, f"{layer} {name}"), cuts[:-1]) for name in _LOOKS)
    joined = [_looked(*one, heads) for one in zip(query, key, value, strict=True)]
    return _linear(np.concatenate(joined), tables, f"{layer} out")


def _looked(query: Numbers, key: Numbers, value: Numbers, heads: int) -> Numbers:
    length, width = query.shape

    def split(one: Numbers) -> Any:
        return one.reshape(length, heads, width // heads).transpose(1, 0, 2)

    scores = split(query) @ split(key).transpose(0, 2, 1) / np.sqrt(np.float32(width // heads))
    scores = np.exp(scores - scores.max(axis=2, keepdims=True))
    shares = scores / scores.sum(axis=2, keepdims=True)
    joined: Numbers = (shares @ split(value)).transpose(1, 0, 2).reshape(length, width)
    return joined
