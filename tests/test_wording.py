from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.wording import capital, is_plural, sentence, subject_name, with_article

if TYPE_CHECKING:
    from drugfacts.store import Profile, Store


@pytest.mark.parametrize(
    "said",
    [
        "a benzodiazepine",
        "a stimulant",
        "a hallucinogen",
        "a ketamine",
        "a Z-drug",
        "a tricyclic antidepressant",
        "a CNS depressant",
        "a GABA analogue",
        "a TCA",
        "a unique drug",
        "a urea",
        "a 5-HT agonist",
        "an opioid",
        "an antidepressant",
        "an entactogen",
        "an inhalant",
        "an SSRI",
        "an SNRI",
        "an NSAID",
        "an MAOI",
        "an LSD analogue",
        "an NMDA receptor antagonist",
        "an alpha-2 agonist",
        "an upper",
        "an H1 blocker",
        "a eugeroic",  # sounds like "you"
        "a euphoriant",
    ],
)
def test_the_article_goes_by_the_sound(said: str) -> None:
    assert with_article(said.partition(" ")[2]) == said


def test_every_class_of_the_store_takes_the_article_of_its_sound(store: Store) -> None:
    spelt = "AEFHILMNORSX"
    for name in store.ids("classes"):
        record = store.profile(name)
        assert record is not None
        head = record.name.split()[0]
        vowel = head[0] in spelt if head.isupper() else head[0].lower() in "aeio"
        assert with_article(record.name) == f"{'an' if vowel else 'a'} {record.name}"


@pytest.mark.parametrize(("text", "shown"), [("ketamine", "Ketamine"), ("LSD", "LSD"), ("", ""), ("é", "É")])
def test_only_the_first_letter_is_made_a_capital(text: str, shown: str) -> None:
    assert capital(text) == shown


def profile(name: str, store: Store) -> Profile:
    found = store.profile(name)
    assert found is not None
    return found


def said(relation: str, subject: str, object_: str, store: Store) -> tuple[str, str]:
    rule = store.relation(relation)
    assert rule is not None
    other = store.profile(object_) or store.term(object_) if object_ else None
    return (
        sentence(rule.yes, rule, profile(subject, store), other),
        sentence(rule.no, rule, profile(subject, store), other),
    )


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "yes", "no"),
    [
        ("is-a", "zorvane", "umbrant", "Zorvane is an umbrant.", "Zorvane is not an umbrant."),
        ("is-a", "umbrant", "florant", "Umbrants are florants.", "Umbrants are not florants."),
        ("habit", "zorvane", "", "Zorvane can become a habit.", "Zorvane cannot become a habit."),
        (
            "brings",
            "florant",
            "shimmer-fever",
            "Florants can bring on shimmer fever.",
            "Florants do not bring on shimmer fever.",
        ),
        (
            "brings",
            "zorvane",
            "shimmer-fever",
            "Zorvane can bring on shimmer fever.",
            "Zorvane does not bring on shimmer fever.",
        ),
    ],
)
def test_names_verbs_and_articles_agree(
    tiny_store: Store, relation: str, subject: str, object_: str, yes: str, no: str
) -> None:
    assert said(relation, subject, object_, tiny_store) == (yes, no)


def test_a_class_is_spoken_of_in_the_plural(tiny_store: Store) -> None:
    assert subject_name(profile("florant", tiny_store)) == "florants"
    assert is_plural(profile("florant", tiny_store))
    assert subject_name(profile("zorvane", tiny_store)) == "zorvane"
    assert not is_plural(profile("zorvane", tiny_store))


def test_no_sentence_of_the_store_keeps_a_mark(store: Store) -> None:
    for relation in store.ids("relations"):
        rule = store.relation(relation)
        assert rule is not None
        kinds = rule.object_kinds
        others: list[str] = [""] if not kinds else ["opioid"] if "class" in kinds else ["ketamine"]
        if kinds and not {"class", "substance"} & set(kinds):
            others = [name for name in store.ids("terms") if (term := store.term(name)) and term.kind.value in kinds][
                :3
            ]
        for subject in ("heroin", "opioid"):
            for other in others:
                for text in said(relation, subject, other, store):
                    assert not set("{}|") & set(text)
                    assert text == capital(text)
                    assert text.endswith(".")
