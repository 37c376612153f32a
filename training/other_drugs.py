"""Prune the list of drugs that the store holds nothing on: ``python training/other_drugs.py VARIANTS.tsv``.

A spelling of a drug that the store does hold ("vareniclina") must not stand in the list, since a misspelling near to it
would then never be mended. The table gives for each name variant its canonical name, tab-separated, with a heading;
the one used was gathered by the PyPI package drug-named-entity-recognition (MIT) from DrugBank's open vocabulary (CC0),
MeSH, the NHS (OGL) and Wikipedia. A variant leaves the list when the store holds its canonical name and the two are
spelt alike, or when the store itself holds the variant.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from drugfacts.authoring.compile import names_of
from drugfacts.authoring.load import load
from drugfacts.text import distance

ROOT = Path(__file__).parents[1]
LIST = ROOT / "facts" / "word-lists" / "other-drugs.yaml"
# How many edits, or how many first letters in common, make two spellings of one name.
EDITS, LETTERS = 3, 6


def main(table: str) -> None:
    """Rewrite the list without the names that are spellings of drugs held."""
    library, _ = load([ROOT / "facts"])
    held = {name.casefold() for record in library.records("substances") for name in names_of(record)}
    canonical: dict[str, str] = {}
    for line in Path(table).read_text(encoding="utf-8").splitlines()[1:]:
        variant, _, name = line.partition("\t")
        canonical[variant.casefold()] = name.casefold()
    head, _, body = LIST.read_text(encoding="utf-8").partition("words: >")
    names = [re.sub(r"\s+", " ", name.strip()) for name in body.split(",") if name.strip()]
    kept = [name for name in names if name.casefold() not in held and not _spelling(name, canonical, held)]
    lines = textwrap.wrap(", ".join(kept), 116, break_long_words=False, break_on_hyphens=False)
    LIST.write_text(f"{head}words: >\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    print(f"{len(names)} names, {len(kept)} kept")


def _spelling(name: str, canonical: dict[str, str], held: set[str]) -> bool:
    known = canonical.get(name.casefold(), "")
    if known not in held:
        return False
    return distance(name.casefold(), known, EDITS) <= EDITS or name.casefold()[:LETTERS] == known[:LETTERS]


if __name__ == "__main__":
    main(sys.argv[1])
