"""The words that answers are presented with, the same in every format."""

from __future__ import annotations

from drugfacts.answering.answer import Answer, Short, Status

# How many sources an answer lists when not all are asked for.
FEW_SOURCES = 5
ADVICE = "Information, not medical advice."
SECTIONS = (
    ("mechanism", "How it works"),
    ("effects", "Effects"),
    ("addiction_risk", "Addiction risk"),
    ("nuance", "The grain of truth"),
    ("matters_because", "Why it matters"),
    ("believed_because", "Why people believe it"),
)
_LEAD = {Short.YES: "Yes.", Short.NO: "No.", Short.DEPENDS: "It depends.", Short.UNPROVEN: "Unproven."}
# Notices that stand above the answer; the others stand below it.
URGENT = ("emergency", "safety")
# Notices that say why a question is out of scope: they are its first line.
REFUSALS = ("dose", "purchase", "personal", "opinion")
NOTICE_TITLES = {"emergency": "First", "safety": "Do this"}


def lead(answer: Answer) -> str:
    """Give the first words of an answer: yes, no, it depends; empty where there is no verdict."""
    first = _LEAD[answer.answer] if answer.answer else ""
    return "" if answer.summary.casefold().startswith(first.casefold().rstrip(".")) else first


def headline(answer: Answer) -> str:
    """Give the whole first line: the answer in a word and the fact spelt out, or why there is none."""
    if answer.status is Status.ANSWERED:
        return f"{lead(answer)} {answer.summary}".strip()
    if answer.status is Status.PROFILE:
        return answer.summary
    if answer.status is Status.ERROR and answer.error:
        return f"Not read: {answer.error.message}"
    if answer.status is Status.OUT_OF_SCOPE:
        return next(notice.text for notice in answer.notices if notice.kind in REFUSALS)
    return "I do not know: no checked fact fits this question well enough to be sure."


def emergencies(answer: Answer) -> list[str]:
    """Give what to do in an emergency, where the question shows signs of one: it is told even in a brief answer."""
    notices = [notice for one in (answer, *answer.parts) for notice in one.notices]
    return list(dict.fromkeys(notice.text for notice in notices if notice.kind == "emergency"))


def apart(answer: Answer) -> list[Answer]:
    """Give the answers to each question of a text, without what to do in an emergency: that is told once, above all."""
    return [
        part._replace(notices=tuple(notice for notice in part.notices if notice.kind != "emergency"))
        for part in answer.parts
    ]


def brief_lines(answer: Answer) -> list[str]:
    """Give the first line of an answer, or that of each part after its question."""
    if not answer.parts:
        return [headline(answer)]
    return [f"{' '.join(part.question.split())} {headline(part)}" for part in answer.parts]


def teaser(answer: Answer) -> list[str]:
    """Give a reviewed claim in a few lines: what people say, whether it is so, what to do instead, where more is."""
    instead = [notice.text for notice in answer.notices if notice.kind == "safety"]
    more = [f"More: drugfacts show {answer.claim.id}"] if answer.claim else []
    return [f"“{answer.question}”", headline(answer), *instead, *more]


def asides(answer: Answer) -> list[str]:
    """Give the notices that stand below the answer."""
    shown = (*URGENT, *REFUSALS) if answer.status is Status.OUT_OF_SCOPE else URGENT
    return [notice.text for notice in answer.notices if notice.kind not in shown]


def law_lines(answer: Answer) -> list[str]:
    """Give the legal status, one line a place; the name is put before it where more than one thing is meant."""
    several = len({law.id for law in answer.law}) > 1
    return [
        (f"{law.id}, " if several else "")
        + f"{law.place}: {law.status}"
        + (f", since {law.since}" if law.since else f", as of {law.as_of}" if law.as_of else "")
        for law in answer.law
    ]


def verdict_line(answer: Answer) -> str:
    """Give the verdict, what it is on and where it comes from; empty where there is none."""
    if not answer.claim or not answer.verdict:
        return ""
    kind = "reviewed claim" if answer.claim.origin.value == "reviewed" else "derived from the records"
    line = f"Verdict: {answer.verdict}"
    if answer.polarity == "negated":
        line += f" (the claim “{answer.claim.statement}” is {answer.claim.verdict})"
    else:
        line += f" on “{answer.claim.statement}”"
    return f"{line} · {kind}"
