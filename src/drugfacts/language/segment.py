"""Cut a question into runs of words that the lexicon knows: the longest first, gapped cues before all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugfacts.language.question import Meaning, Span
from drugfacts.text import Token, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from drugfacts.rows import Phrase
    from drugfacts.store import Store


class Segments(NamedTuple):
    """A segmented question: the spans in order, and the positions of the tokens in none of them."""

    spans: tuple[Span, ...]
    rest: tuple[int, ...]


# How many words a closing may have, and must have to stand before a comma.
_LONGEST_CLOSING, _SEVERAL = 8, 3
# Roles of phrases that are looked for in other ways: at the end, before all else, anywhere.
_APART = frozenset({"closing", "expansion", "emergency", "consuming", "naming", "example", "need", "cleft"})


def expand(tokens: Sequence[Token], store: Store) -> list[Token]:
    """Replace contractions ("isn't") by what they stand for ("is not"), and drop the possessive 's.

    Args:
        tokens: the tokens of a question.
        store: where the expansions are.
    """
    phrases = store.phrases_of("expansion")
    expanded: list[Token] = []
    for token in tokens:
        effect = next((one.meaning.effect for one in phrases.get(token.word, ()) if one.parts == ((token.word,),)), "")
        plain = token.word.removesuffix("'s").replace("'", "") or token.word
        expanded += [Token(word, stem(word), token.start, token.end) for word in effect.split() or [plain]]
    return expanded


def segment(
    tokens: Sequence[Token], store: Store, breaks: Collection[int] = (), without: Collection[Span] = ()
) -> Segments:
    """Find the known runs of a question.

    Args:
        tokens: the tokens, contractions expanded.
        store: where the phrases are.
        breaks: the places of tokens that a mark like a comma stands before.
        without: spans that must not be found: cues that fit nothing, which may hide shorter ones that do.

    Returns:
        The spans, none of which overlap, and the positions left over. A cue with a gap ("die from … withdrawal")
        takes one span per part; only the first carries its meaning.
    """
    stems = [token.stem for token in tokens]
    phrases = store.phrases_held(stems)
    spans = _closings(stems, phrases, breaks)
    taken = {place for span in spans for place in range(span.start, span.end)}
    barred = {(span.start, span.end) for span in without}
    spans += _gapped(stems, phrases, taken, store.passing(), barred)
    position = 0
    while position < len(stems):
        if position in taken:
            position += 1
            continue
        length, meanings = _longest(stems, position, phrases.get(stems[position], ()), taken, barred)
        if length:
            spans.append(Span(position, position + length, meanings))
            taken.update(range(position, position + length))
        position += length or 1
    spans.sort(key=lambda span: span.start)
    return Segments(tuple(spans), tuple(place for place in range(len(stems)) if place not in taken))


def anywhere(tokens: Sequence[Token], role: str, store: Store) -> tuple[Meaning, ...]:
    """Give the lexicon entries of a role whose words stand anywhere in a question, in whatever span they were read."""
    stems = [token.stem for token in tokens]
    present = set(stems)
    phrases = store.phrases_of(role)
    return tuple(
        phrase.meaning
        for position, head in enumerate(stems)
        for phrase in phrases.get(head, ())
        if phrase.needs <= present and _places(stems, position, phrase.parts)
    )


def _longest(
    stems: list[str], position: int, phrases: Sequence[Phrase], taken: set[int], barred: Collection[tuple[int, int]]
) -> tuple[int, tuple[Meaning, ...]]:
    best = 0
    meanings: list[Meaning] = []
    for phrase in phrases:
        part = phrase.parts[0]
        end = position + len(part)
        if len(phrase.parts) > 1 or len(part) < best or tuple(stems[position:end]) != part:
            continue
        if phrase.meaning.role in _APART or ((position, end) in barred and phrase.meaning.kind == "cue"):
            continue
        if any(place in taken for place in range(position, end)):
            continue
        if len(part) > best:
            best, meanings = len(part), []
        meanings.append(phrase.meaning)
    return best, tuple(dict.fromkeys(meanings))


def _closings(stems: list[str], phrases: dict[str, tuple[Phrase, ...]], breaks: Collection[int]) -> list[Span]:
    """Take closings ("right?", "yes or no") off the end, the longest first, until there are none.

    One of several words ("didn't he") closes what stands before a comma as well.
    """
    spans: list[Span] = []
    end = len(stems)
    while end and (found := _closing(stems, phrases, end)):
        spans.append(found)
        end = found.start
    inner = (_closing(stems, phrases, place) for place in breaks if 0 < place < end)
    return spans + [found for found in inner if found and found.end - found.start >= _SEVERAL]


def _closing(stems: list[str], phrases: dict[str, tuple[Phrase, ...]], end: int) -> Span | None:
    """Give the longest closing that ends before a place, and is not all that stands there."""
    for start in range(max(0, end - _LONGEST_CLOSING), end):
        for phrase in phrases.get(stems[start], ()):
            if phrase.meaning.role == "closing" and phrase.parts == (tuple(stems[start:end]),):
                return Span(start, end, (phrase.meaning,)) if start else None
    return None


def _gapped(
    stems: list[str],
    phrases: dict[str, tuple[Phrase, ...]],
    taken: set[int],
    passing: frozenset[str],
    barred: Collection[tuple[int, int]],
) -> list[Span]:
    """Where a phrase has a gap, take of all phrases the one that covers most words, then the next that fits, and so on.

    A cue of several words may be broken by words that say little ("can also make you …"): that is a gap too.

    Args:
        stems: the stems of a question.
        phrases: the phrases by their first stem.
        taken: positions that are in a span already; those of the spans found are added.
        passing: stems that may stand within a cue.
        barred: the places of the first parts of cues that must not be found.
    """
    found: list[tuple[int, list[tuple[int, int]], Meaning]] = []
    for position, head in enumerate(stems):
        for phrase in phrases.get(head, ()):
            if len(phrase.needs) > 1 and phrase.meaning.role not in _APART:
                places = _places(
                    stems, position, phrase.parts, passing if phrase.meaning.kind == "cue" else frozenset()
                )
                if places and not (places[0] in barred and phrase.meaning.kind == "cue"):
                    found.append((sum(end - start for start, end in places), places, phrase.meaning))
    if all(len(places) == 1 for _, places, _ in found):
        return []  # nothing has a gap: the longest from the left will do
    found.sort(key=lambda item: (-item[0], len(item[1]), item[1]))
    spans: list[Span] = []
    placed: dict[tuple[tuple[int, int], ...], int] = {}
    for _, places, meaning in found:
        same = placed.get(tuple(places))
        if same is not None:
            spans[same] = spans[same]._replace(meanings=(*spans[same].meanings, meaning))
            continue
        positions = {place for start, end in places for place in range(start, end)}
        if positions & taken:
            continue
        placed[tuple(places)] = len(spans)
        spans += [
            Span(start, end, (meaning,) if not index else (Meaning("words", "", "part"),))
            for index, (start, end) in enumerate(places)
        ]
        taken |= positions
    return spans


def _places(
    stems: list[str], position: int, parts: tuple[tuple[str, ...], ...], passing: frozenset[str] = frozenset()
) -> list[tuple[int, int]]:
    """Give the runs of places that a phrase takes from a position on, none where it does not fit.

    Args:
        stems: the stems of a question.
        position: where the phrase must begin.
        parts: the parts of the phrase, between which anything may stand.
        passing: stems that may stand between the words of a part.
    """
    places: list[tuple[int, int]] = []
    for index, part in enumerate(parts):
        starts = [position] if not index else range(places[-1][1], len(stems) - len(part) + 1)
        found = next((runs for start in starts if (runs := _part(stems, start, part, passing))), None)
        if found is None:
            return []
        places += found
    return places


def _part(stems: list[str], start: int, part: tuple[str, ...], passing: frozenset[str]) -> list[tuple[int, int]]:
    if tuple(stems[start : start + len(part)]) == part:
        return [(start, start + len(part))]
    if not passing or len(part) == 1:
        return []
    runs: list[tuple[int, int]] = []
    place = start
    for wanted in part:
        while runs and place < len(stems) and stems[place] != wanted and stems[place] in passing:
            place += 1
        if place >= len(stems) or stems[place] != wanted:
            return []
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
        place += 1
    return runs
