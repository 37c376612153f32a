"""Give each span of a text its one meaning: what is a name, what a cue, what a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.language.question import NAMES, NUMBER, ORGAN, Chosen, Meaning, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from drugfacts.language.segment import Segments
    from drugfacts.store import Store
    from drugfacts.text import Token

_TEN = 10


def choose(
    segments: Segments, found: Sequence[Token], store: Store, *, lenient: bool = False, trusting: bool = False
) -> tuple[list[Span], list[Chosen]]:
    """Give the spans of a text that count, and each with its meaning, in order.

    Args:
        segments: the spans of the text, and the places in none.
        found: the words of the text.
        store: the store.
        lenient: take a name that is first of all an everyday word ("horse") for a drug where the text is about drugs.
        trusting: take an ambiguous name for a drug even when nothing else in the text is about drugs.

    Returns:
        The spans, and those that have a meaning here; numbers that are in no span are among them.
    """
    spans = _with_organs(segments.spans, store)
    loose = {place for span in segments.spans if span not in spans for place in range(span.start, span.end)}
    taking = store.single("consuming")
    taken_after = {place + 1 for place, token in enumerate(found) if token.stem in taking}
    taken_after |= _subject_place(found, store)
    chosen = [
        *_choose(spans, taken_after, lenient=lenient, trusting=trusting),
        *_numbers(found, [*segments.rest, *loose]),
    ]
    return spans, _composed(sorted(chosen, key=lambda part: part.span.start))


def _subject_place(found: Sequence[Token], store: Store) -> set[int]:
    """Give the place where the subject of a plain sentence stands: after an opening "is" or "does", or before "is"."""
    stems = [token.stem for token in found[:2]]
    verbs = store.single("copula", "auxiliary")
    if len(stems) < 2:  # noqa: PLR2004
        return set()
    if stems[0] in verbs:
        return {1}
    return {0} if stems[1] in store.single("copula") else set()


def _with_organs(spans: Sequence[Span], store: Store) -> list[Span]:
    """Leave out the names of organs where no cue says that something is done to one."""
    harmed = any(
        meaning.kind == "cue" and (relation := store.relation(meaning.id)) and ORGAN in relation.object_kinds
        for span in spans
        for meaning in span.meanings
    )
    if harmed:
        return list(spans)
    cut = [span._replace(meanings=tuple(one for one in span.meanings if one.kind != ORGAN)) for span in spans]
    return [span for span in cut if span.meanings]


def _choose(spans: Sequence[Span], taken_after: Collection[int], *, lenient: bool, trusting: bool) -> Iterator[Chosen]:
    """Give each span its meaning.

    A name comes before any other meaning, except that a word like "smoking" right before a drug is its route. An
    ambiguous name counts only beside something that is surely about drugs, and beside the sure name of a drug only
    where it is a name of that very drug, the subject of the sentence, or follows a word for taking one ("smoke grass").

    Args:
        spans: the spans.
        taken_after: the places of the subject, and those that follow a word for taking a drug.
        lenient: as for ``read``.
        trusting: as for ``read``.
    """
    telling = trusting or any(
        meaning.kind == "cue" or (meaning.kind in NAMES and meaning.role == "name")
        for span in spans
        for meaning in span.meanings
    )
    sure = {
        meaning.id
        for span in spans
        for meaning in span.meanings
        if meaning.kind == "substance" and meaning.role == "name"
    }
    allowed = {"ambiguous", "everyday"} if lenient or trusting else {"ambiguous"}
    for index, span in enumerate(spans):
        names = [meaning for meaning in span.meanings if meaning.kind in NAMES and meaning.role == "name"]
        names += [meaning for meaning in span.meanings if meaning.kind == ORGAN]
        doubtful = [meaning for meaning in span.meanings if meaning.kind in NAMES and meaning.role in allowed]
        names += [meaning for meaning in doubtful if meaning.id in sure]
        others = [meaning for meaning in span.meanings if meaning.kind not in (*NAMES, ORGAN)]
        others.sort(key=lambda meaning: (meaning.role != "aside", meaning.role == "neutral"))
        routes = [meaning for meaning in others if meaning.role == "condition"]
        free = trusting or lenient or not sure or span.start in taken_after or (doubtful and doubtful[0].kind == "term")
        open_ = doubtful and telling and free
        if routes and index + 1 < len(spans) and _is_drug(spans[index + 1]):
            yield Chosen(span, routes[0])
        elif names:
            yield Chosen(span, names[0])
        elif others and not (open_ and (others[0].kind == "other-drug" or routes)):
            yield Chosen(span, others[0])
        elif open_:
            alone = len({meaning.id for meaning in doubtful}) == 1
            yield Chosen(span, doubtful[0] if alone else doubtful[0]._replace(kind="doubt"))


def _numbers(found: Sequence[Token], rest: Sequence[int]) -> Iterator[Chosen]:
    """Give the numbers that are in no name: a verdict on one amount is none on another."""
    for place in rest:
        if found[place].word.isdigit():
            number = Meaning("words", f"{NUMBER}{found[place].word}", "force")
            yield Chosen(Span(place, place + 1, (number,)), number)


def _composed(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Make one number of those that stand side by side: "twenty four", "two hundred"."""
    composed: list[Chosen] = []
    for part in chosen:
        last = composed[-1] if composed else None
        left, right = _value(last) if last else 0, _value(part)
        if not last or not left or not right or last.span.end != part.span.start:
            composed.append(part)
            continue
        if right < _TEN <= left < _TEN * _TEN and left % _TEN == 0:
            value = left + right
        elif right >= _TEN * _TEN and left < right and str(right).strip("0") == "1":
            value = left * right
        else:
            composed.append(part)
            continue
        number = Meaning("words", f"{NUMBER}{value}", "force")
        composed[-1] = Chosen(Span(last.span.start, part.span.end, (number,)), number)
    return composed


def _value(part: Chosen) -> int:
    """Give the number that a part is, 0 where it is none."""
    digits = part.meaning.id.removeprefix(NUMBER)
    return int(digits) if part.meaning.role == "force" and digits.isdecimal() else 0


def _is_drug(span: Span) -> bool:
    return any(meaning.kind in ("substance", "class") for meaning in span.meanings)
