"""Put a question into plain words for an encoder: drugs by their records' names, whatever they were called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drugfacts.language.question import Mention, Question

# What stands for the first, second … substance or class of a text where it does not matter which drug it is.
DRUGS = ("[drug1]", "[drug2]", "[drug3]")
CLASSES = ("[class1]", "[class2]", "[class3]")
_KINDS = {"substance": DRUGS, "class": CLASSES}


def plain(question: Question) -> list[str]:
    """Give the words of a question, each name of a drug or class replaced by the words of its record's id.

    Args:
        question: the question, read; slips are mended already.
    """
    return _words(question, {one.id: one.id.split("-") for one in question.mentions if one.kind in _KINDS})


def masked(question: Question) -> list[str]:
    """Give the words of a question, each drug or class replaced by a mark that only says which of them it is.

    Args:
        question: the question, read. Of more than three drugs or classes the last mark stands for the rest.
    """
    marks: dict[str, list[str]] = {}
    for kind, given in _KINDS.items():
        named = list(dict.fromkeys(one.id for one in question.mentions if one.kind == kind))
        marks |= {name: [given[min(number, len(given) - 1)]] for number, name in enumerate(named)}
    return _words(question, marks)


def _words(question: Question, names: dict[str, list[str]]) -> list[str]:
    starts: dict[int, Mention] = {one.start: one for one in question.mentions if one.kind in _KINDS}
    said: list[str] = []
    place = 0
    while place < len(question.tokens):
        mention = starts.get(place)
        if mention:
            said += names[mention.id]
            place = max(mention.end, place + 1)
        else:
            said.append(question.tokens[place].word)
            place += 1
    return [*said, "?"] if question.text.rstrip().endswith("?") else said
