"""Weigh evidence by boosted trees: each tree asks a few things and adds a number, and their sum is a probability.

The trees are grown by ``training/models.py`` (gradient boosting of a logistic loss, Friedman 2001) and held as text in
``facts/models``; weighing them needs nothing but this file.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from drugfacts.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drugfacts.model import Model

# A leaf is what it adds; a fork is the number of the evidence, what it is compared to, and where to go if at most that,
# or more.
Fork: TypeAlias = "tuple[int, float, Tree, Tree]"
Tree: TypeAlias = "float | Fork"
_FORK = 4
_FAR = 60.0


class Forest(NamedTuple):
    """Trees, ready to be asked.

    Attributes:
        evidence: the names of the evidence, by number.
        start: the sum before the first tree.
    """

    evidence: tuple[str, ...]
    start: float
    trees: tuple[Tree, ...]


def grow(model: Model) -> Forest:
    """Read the trees of a model.

    Args:
        model: a model; each tree is its nodes with ";" between them, a node either what a leaf adds or the number of
            the evidence, the value it is compared to, and the numbers of the two nodes to go to, which come later.

    Returns:
        The trees.

    Raises:
        StoreError: a tree is not of that form.
    """
    try:
        trees = tuple(_tree([node.split() for node in text.split(";")], len(model.evidence)) for text in model.trees)
    except (ValueError, IndexError) as error:
        raise StoreError(f"a tree of the model {model.id!r} cannot be read: {error}") from error
    return Forest(model.evidence, model.start, trees)


def _tree(nodes: list[list[str]], known: int) -> Tree:
    built: list[Tree] = [0.0] * len(nodes)
    for place in range(len(nodes) - 1, -1, -1):
        node = nodes[place]
        if len(node) != _FORK:
            (value,) = node
            built[place] = float(value)
            continue
        number, left, right = int(node[0]), int(node[2]), int(node[3])
        if not (0 <= number < known and place < left < len(nodes) and place < right < len(nodes)):
            raise ValueError(" ".join(node))
        built[place] = (number, float(node[1]), built[left], built[right])
    return built[0]


def weigh(values: Mapping[str, float], forest: Forest) -> float:
    """Give the probability that a forest sees in some evidence, 0 to 1.

    Args:
        values: evidence by name; what is not there counts as 0.
        forest: the trees.
    """
    row = [values.get(name, 0.0) for name in forest.evidence]
    total = forest.start
    for tree in forest.trees:
        node = tree
        while isinstance(node, tuple):
            number, most, left, right = node
            node = left if row[number] <= most else right
        total += node
    return 1 / (1 + exp(-max(-_FAR, min(_FAR, total))))
