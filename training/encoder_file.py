"""Write an encoder as a file of the facts, and take one up again to fit it further."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import numpy as np
import torch  # type: ignore[import-not-found]
import yaml

from drugfacts.answering.encoder import network
from drugfacts.authoring.sides import weights_of
from drugfacts.model import Encoder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

HEAD = """\
# yaml-language-server: $schema=../schemas/encoder.json
id: {name}
made_by: training/{script}.py
origin: all-MiniLM-L6-v2 (Apache-2.0), fitted to {of}
"""
HEADS = 12
# How many pieces a text has at most, and some to spare.
PLACES = 64
_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
_NORMS = {"first norm": "attention.output.LayerNorm", "second norm": "output.LayerNorm"}


def _names(layers: int) -> Iterator[tuple[str, str]]:
    """Give the names of the tables of some layers, each with that of the net's weights that it holds."""
    for layer in range(layers):
        for name, part in _PARTS.items():
            yield f"{layer} {name}", f"encoder.layer.{layer}.{part}.weight"
            yield f"{layer} {name} shift", f"encoder.layer.{layer}.{part}.bias"
        for name, part in _NORMS.items():
            yield f"{layer} {name} scale", f"encoder.layer.{layer}.{part}.weight"
            yield f"{layer} {name} shift", f"encoder.layer.{layer}.{part}.bias"


def unit(vectors: Any) -> Any:
    """Give vectors of length 1."""
    return torch.nn.functional.normalize(vectors, dim=1)


def padded(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Give the numbers of the pieces of some texts as one table, filled up with 0, and where they are as another."""
    longest = max(len(row) for row in rows)
    numbers, mask = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest)
    for place, row in enumerate(rows):
        numbers[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1
    return numbers, mask


def packed(table: Any) -> str:
    """Write a table: rows, columns, then for each row a scale (4 bytes), then its numbers, a byte each; in base 64."""
    table = np.atleast_2d(np.asarray(table, np.float32))
    scales = np.maximum(np.abs(table).max(1), 1e-9) / 127
    numbers = np.clip(np.round(table / scales[:, None]), -127, 127).astype(np.int8)
    return f"{table.shape[0]} {table.shape[1]} {b64encode(scales.astype('<f4').tobytes() + numbers.tobytes()).decode()}"


def exact(vector: Any) -> str:
    """Write a row of numbers as they are, four bytes each, in base 64."""
    return f"0 {len(vector)} {b64encode(np.asarray(vector, '<f4').tobytes()).decode()}"


def _base_tables(net: Any, places: int) -> dict[str, str]:
    """Write the vectors of the pieces and the layers of a net."""
    weights = {name: value.detach().numpy() for name, value in net.base.named_parameters()}
    tables = {
        "codes": packed(net.codes.detach().numpy()),
        "code map": packed(net.code_map.detach().numpy().T),
        "places": packed(
            weights["embeddings.position_embeddings.weight"][:places]
            + weights["embeddings.token_type_embeddings.weight"][:1]
        ),
        "norm scale": exact(weights["embeddings.LayerNorm.weight"]),
        "norm shift": exact(weights["embeddings.LayerNorm.bias"]),
    }
    for name, part in _names(len(net.base.encoder.layer)):
        tables[name] = packed(weights[part]) if weights[part].ndim > 1 else exact(weights[part])
    return tables


def write(net: Any, names: Sequence[str], claims: dict[str, int], relations: dict[str, int], path: Path) -> None:
    """Write a net; the directions of claims only for those given."""
    tables = _base_tables(net, PLACES)
    tables["head"] = packed(net.head.weight.detach().numpy())
    tables["relation head"] = packed(net.relation_head.weight.detach().numpy())
    pairs = {
        "claims": (claims, unit(net.claims).detach().numpy()),
        "relations": (relations, unit(net.relations).detach().numpy()),
    }
    lines = [
        HEAD.format(name="texts", script="encoder", of="the wordings of claims"),
        f"layers: {len(net.base.encoder.layer)}\nheads: {HEADS}\n",
        f'pieces: "{" ".join(names)}"\n',
        "tables:\n",
    ]
    lines += [f'  - "{name}: {table}"\n' for name, table in tables.items()]
    for key, (places, table) in pairs.items():
        rounded = np.clip(np.round(table * 127), -127, 127).astype(np.int8)
        lines.append(f"{key}:\n")
        lines += [
            f'  - "{name} {b64encode(rounded[place : place + 2].tobytes()).decode()}"\n'
            for name, place in sorted(places.items())
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def read_encoder(path: Path) -> tuple[Encoder, dict[str, Any]]:
    """Give a written encoder and its tables by name."""
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    record = Encoder(**{key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})
    written = network(record, weights_of(record))
    return record, {name: torch.tensor(np.array(table)) for name, table in written.tables.items()}


def load_layers(base: Any, tables: dict[str, Any]) -> None:
    """Let the layers of a model be those of a written encoder."""
    with torch.no_grad():
        weights = dict(base.named_parameters())
        weights["embeddings.position_embeddings.weight"][: len(tables["places"])] = tables["places"]
        weights["embeddings.token_type_embeddings.weight"].zero_()
        weights["embeddings.LayerNorm.weight"].copy_(tables["norm scale"])
        weights["embeddings.LayerNorm.bias"].copy_(tables["norm shift"])
        for name, part in _names(len(base.encoder.layer)):
            weights[part].copy_(tables[name])


def write_verifier(net: Any, encoder: Encoder, path: Path) -> None:
    """Write a verifier, whose pieces are those of an encoder."""
    tables = {**_base_tables(net, 2 * PLACES), "second": exact(net.second.detach().numpy())}
    tables["judge"] = packed(net.judge.weight.detach().numpy())
    tables["judge shift"] = exact(net.judge.bias.detach().numpy())
    lines = [
        HEAD.format(name="pairs", script="verifier", of="pairs of a text and a statement"),
        f"layers: {len(net.base.encoder.layer)}\nheads: {HEADS}\n",
        f'pieces: "{encoder.pieces}"\n',
        "tables:\n",
        *(f'  - "{name}: {table}"\n' for name, table in tables.items()),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def resume(
    net: Any, path: Path, names: Sequence[str], claims: dict[str, int], relations: dict[str, int]
) -> tuple[Collection[str], Collection[str]]:
    """Let a net go on from where a written one stopped; pieces that are new begin where they lie nearest.

    Args:
        net: the net; its pieces begin as the model it comes from has them.
        path: the written encoder.
        names: the pieces of the net, in order.
        claims: the place of each claim among the net's directions.
        relations: the place of each relation.

    Returns:
        The claims and the relations that the written one does not know, whose directions are still to be set.
    """
    kept, tables = read_encoder(path)
    known_pieces = {name: place for place, name in enumerate(kept.pieces.split(" "))}
    with torch.no_grad():
        begun = net.codes @ net.code_map
        net.code_map.copy_(tables["code map"].T)
        # What is new is written as nearly as the map that was fitted allows.
        net.codes.copy_(torch.linalg.lstsq(net.code_map.T, begun.T).solution.T)
        for place, name in enumerate(names):
            if name in known_pieces:
                net.codes[place] = tables["codes"][known_pieces[name]]
        net.head.weight.copy_(tables["head"])
        net.relation_head.weight.copy_(tables["relation head"])
        load_layers(net.base, tables)
        fresh = []
        for places, rows, entries in ((claims, net.claims, kept.claims), (relations, net.relations, kept.relations)):
            known = dict(entry.rsplit(" ", 1) for entry in entries)
            for name, place in places.items():
                if name in known:
                    numbers = np.frombuffer(b64decode(known[name]), np.int8).reshape(2, -1)
                    rows[place : place + 2] = torch.tensor(numbers / np.float32(127))
            fresh.append(places.keys() - known.keys())
    return fresh[0], fresh[1]
