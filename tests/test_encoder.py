from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from drugfacts.answering.encoder import Network, both_sides, hidden, judgements, network, packed_sides, pointing
from drugfacts.answering.pieces import pieces
from drugfacts.authoring.sides import weights_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drugfacts.model import Encoder

WORDS = ["rain", "feeds", "gardens", "never", "##s", "?"]


@pytest.fixture(scope="module")
def net(make_encoder: Callable[..., Encoder]) -> Network:
    encoder = make_encoder(WORDS)
    return network(encoder, weights_of(encoder))


@pytest.fixture(scope="module")
def reader(make_encoder: Callable[..., Encoder]) -> Network:
    encoder = make_encoder(WORDS, key="pairs")
    return network(encoder, weights_of(encoder))


def slowly(words: Sequence[str], net: Network, statement: Sequence[str] = ()) -> list[float]:
    """Run the network with loops over plain numbers, straight from its description.

    Returns:
        The mean of the last layer; where a statement is read beside the words, what the last layer makes of the first
        piece, then the mean.
    """
    tables = {name: np.asarray(table).astype(float).tolist() for name, table in net.tables.items()}

    def times(row: Sequence[float], table: str) -> list[float]:
        return [math.fsum(a * b for a, b in zip(row, column, strict=True)) for column in tables[table]]

    def linear(row: Sequence[float], table: str) -> list[float]:
        return [a + b for a, b in zip(times(row, table), tables[f"{table} shift"], strict=True)]

    def normal(row: Sequence[float], table: str) -> list[float]:
        mean = sum(row) / len(row)
        spread = math.sqrt(sum((a - mean) ** 2 for a in row) / len(row) + 1e-12)
        scale, shift = tables[f"{table} scale"], tables[f"{table} shift"]
        return [(a - mean) / spread * b + c for a, b, c in zip(row, scale, shift, strict=True)]

    def gelu(value: float) -> float:
        return 0.5 * value * (1 + math.tanh(math.sqrt(2 / math.pi) * (value + 0.044715 * value**3)))

    def add(left: Sequence[float], right: Sequence[float]) -> list[float]:
        return [a + b for a, b in zip(left, right, strict=True)]

    text, other = pieces(words, net.pieces), pieces(statement, net.pieces)[1:] if statement else []
    given = [
        add(times(tables["codes"][number], "code map"), tables["places"][place])
        for place, number in enumerate([*text, *other])
    ]
    given = [add(row, tables["second"]) if place >= len(text) else row for place, row in enumerate(given)]
    rows = [normal(row, "norm") for row in given]
    for layer in range(net.layers):
        query, key, value = ([linear(row, f"{layer} {part}") for row in rows] for part in ("query", "key", "value"))
        width = len(rows[0]) // net.heads
        after = []
        for place, row in enumerate(rows):
            joined: list[float] = []
            for head in range(net.heads):
                part = slice(head * width, (head + 1) * width)
                scores = [
                    sum(a * b for a, b in zip(query[place][part], other[part], strict=True)) / math.sqrt(width)
                    for other in key
                ]
                shares = [math.exp(score) for score in scores]
                joined += [
                    sum(share * other[part][number] for share, other in zip(shares, value, strict=True)) / sum(shares)
                    for number in range(width)
                ]
            first = normal(add(row, linear(joined, f"{layer} out")), f"{layer} first norm")
            inner = [gelu(one) for one in linear(first, f"{layer} wide")]
            after.append(normal(add(first, linear(inner, f"{layer} narrow")), f"{layer} second norm"))
        rows = after
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return [*rows[0], *mean] if statement else mean


@pytest.mark.parametrize("text", ["rain", "rain feeds gardens", "rains never ?", "what rain", ""])
def test_it_runs_as_its_layers_are_described(text: str, net: Network) -> None:
    assert hidden(text.split(), net).tolist() == pytest.approx(slowly(text.split(), net), abs=1e-4)


@pytest.mark.parametrize(
    ("text", "statement"), [("rain", "rain feeds gardens"), ("rain never", "rains"), ("", "rain feeds")]
)
def test_a_text_beside_a_statement_is_read_as_described(text: str, statement: str, reader: Network) -> None:
    last = np.array(slowly(text.split(), reader, statement.split()))
    scores = reader.tables["judge"] @ last + reader.tables["judge shift"]
    raised = np.exp(scores)
    (told,) = judgements(text.split(), [statement.split()], reader)
    assert told.tolist() == pytest.approx((raised / raised.sum()).tolist(), abs=1e-4)


def test_which_is_the_text_and_which_the_statement_matters(reader: Network) -> None:
    one, other = ["rain", "feeds"], ["gardens", "never"]
    (there,), (back,) = judgements(one, [other], reader), judgements(other, [one], reader)
    assert there.tolist() != pytest.approx(back.tolist(), abs=1e-6)


def test_several_statements_at_once_are_told_as_one_by_one(reader: Network) -> None:
    statements = [["rain", "feeds", "gardens"], ["never"], [], ["rain"] * 30]
    together = judgements(["rains", "feeds"], statements, reader)
    for one, told in zip(statements, together, strict=True):
        (alone,) = judgements(["rains", "feeds"], [one], reader)
        assert told.tolist() == pytest.approx(alone.tolist(), abs=1e-5)
    assert judgements(["rains"], [], reader) == []


def test_a_text_and_a_statement_of_any_length_can_be_read(reader: Network) -> None:
    (told,) = judgements(["rain"] * 200, [["feeds"] * 200], reader)
    assert float(told.sum()) == pytest.approx(1)


def test_where_a_text_points_has_length_one(net: Network) -> None:
    for head in ("head", "relation head"):
        pointed = pointing(hidden(["rain", "feeds"], net), net, head)
        assert pointed.shape == (16,)
        assert float(np.linalg.norm(pointed)) == pytest.approx(1)


def test_the_order_of_words_matters(net: Network) -> None:
    one, other = (pointing(hidden(text.split(), net), net) for text in ("rain feeds gardens", "gardens feeds rain"))
    assert float(one @ other) < 0.9999


def test_sides_are_kept_to_a_hundredth() -> None:
    said, denied = np.array([0.6, -0.8], np.float32), np.array([-1.0, 0.0], np.float32)
    rows = both_sides([packed_sides(said, denied), packed_sides(denied, said)])
    assert rows.shape == (4, 2)
    assert rows.ravel().tolist() == pytest.approx([0.6, -0.8, -1, 0, -1, 0, 0.6, -0.8], abs=0.005)
