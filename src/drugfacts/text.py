"""Folding, tokens and stems: how two spellings of the same words are made equal."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|=")
_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201b": "'", "\uff07": "'",
        "\u0131": "i", "\u00f8": "o", "\u0142": "l", "\u00e6": "ae", "\u0153": "oe",
        # Greek letters stand in chemical and receptor names.
        "\u03b1": " alpha ", "\u03b2": " beta ", "\u03b3": " gamma ", "\u03b4": " delta ", "\u2206": " delta ",
        "\u03ba": " kappa ", "\u03bc": " mu ", "\u00b5": " mu ",
        "%": " percent ",
    }
)  # fmt: skip
MAX_QUESTION = 4_000
_A, _OTHER = ord("a"), 26


class Token(NamedTuple):
    """A word of a text: its folded form, its stem, and where it stood in the folded text."""

    word: str
    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """Fold a text to lower-case without accents, with plain apostrophes and single spaces.

    Args:
        text: any text.

    Returns:
        The folded text; two texts that differ only in case, accents, width or kind of quote fold to the same.
    """
    if not text.isascii():
        # Quotes first, since the compatibility form of an acute accent is a space with an accent on it.
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
        text = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))
    return " ".join(text.casefold().translate(_PLAIN).split())


def words(text: str) -> list[str]:
    """Give the folded words of a text, hyphens and other marks dropped."""
    return [match.group() for match in _WORD.finditer(fold(text))]


def tokens(folded: str) -> list[Token]:
    """Cut a folded text into tokens.

    Args:
        folded: a text as ``fold`` gives it.
    """
    found = []
    for match in _WORD.finditer(folded):
        word = match.group()
        found.append(Token(word, stem(word), match.start(), match.end()))
    return found


# What has lost an -e before -ing or -ed, for it would have doubled its last letter otherwise.
_SHORT = re.compile(r"[^aeiou][aeiouy][^aeiouywx]")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Reduce an English word to a form that its inflections share.

    A light suffix stripper in the spirit of Harman's S-stemmer (How effective is suffixing?, JASIS 1991) with
    -ing, -ed and a final -e added. It errs on the side of leaving a word alone: a word of four letters keeps its -e,
    for "wine", "note" and "hives" are not "win", "not" and "HIV".

    Args:
        word: one folded word.

    Returns:
        The stem; stems are compared, never shown.
    """
    if len(word) <= 3 or not word.isalpha():  # noqa: PLR2004
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("ing", "ed"):
        base = word[: -len(suffix)]
        if word.endswith(suffix) and len(base) == 2 and base[0] in "aeiou" and base[1] not in "aeiou":  # noqa: PLR2004
            return base + "e"  # using, used, aged
        if word.endswith("eed"):
            break
        if word.endswith(suffix) and len(base) > 2 and any(vowel in base for vowel in "aeiouy"):  # noqa: PLR2004
            if base[-1] == base[-2] and base[-1] not in "lsz":
                return base[:-1]  # running, banned
            return base + "e" if _SHORT.fullmatch(base) else base  # dosing, noted
    if word.endswith("e") and len(word) > 4 and not word.endswith("ee"):  # noqa: PLR2004
        word = word[:-1]
    return word


def letters(word: str) -> int:
    """Give which letters a word holds, a bit for each of a to z and one for all other marks.

    Args:
        word: one folded word.
    """
    found = 0
    for ch in word:
        found |= 1 << (ord(ch) - _A if "a" <= ch <= "z" else _OTHER)
    return found


def key(text: str) -> str:
    """Give the stems of a text, joined by single spaces: what phrases are looked up by."""
    return " ".join(stem(word.removesuffix("'s").replace("'", "")) for word in words(text))


def distance(left: str, right: str, limit: int) -> int:
    """Count the edits between two words: insert, delete, replace, or swap two neighbours.

    Restricted Damerau-Levenshtein distance (optimal string alignment).

    Args:
        left: a word.
        right: another.
        limit: the largest distance of interest.

    Returns:
        The distance, or ``limit + 1`` when it is larger than the limit.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, ch in enumerate(left, 1):
        here = [row]
        for column, other in enumerate(right, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (ch != other))
            if row > 1 and column > 1 and ch == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > limit:
            return limit + 1
        before, last = last, here
    return min(last[-1], limit + 1)
