from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering import gates
from drugfacts.language.question import Meaning, Mention, Proposed, Question
from drugfacts.language.read import read
from drugfacts.model import Proposition, Verdict
from drugfacts.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drugfacts.store import Store

MEMBER = Proposed("zorvane", "is-a", "florant")
ABOUT = Proposition("zorvane", "is-a", "florant")


def test_names_must_be_the_same_on_both_sides() -> None:
    assert gates.names(["<zorvane>", "bloom"], ["glow", "<zorvane>"]) is None
    assert gates.names(["bloom"], ["glow"]) is None


def test_a_name_too_many_or_too_few_is_refused_by_name() -> None:
    extra = gates.names(["<zorvane>", "<quelbrin>"], ["<zorvane>"])
    lacking = gates.names(["<zorvane>"], ["<zorvane>", "<quelbrin>"])
    assert extra is not None
    assert lacking is not None
    assert extra != lacking
    assert "quelbrin" in extra
    assert "quelbrin" in lacking


@pytest.mark.parametrize("feature", ["~habit", "!open", "^than"])
def test_relation_sign_and_turning_words_must_be_shared(feature: str) -> None:
    assert gates.same_marks([feature, "bloom"], [feature], relations=True) is None
    assert gates.same_marks([feature], [], relations=True) is not None
    assert gates.same_marks([], [feature], relations=True) is not None


def test_where_no_relation_is_proposed_its_cue_is_a_word_like_others() -> None:
    assert gates.same_marks(["~habit"], [], relations=False) is None
    assert gates.same_marks(["^than"], [], relations=False) is not None


def test_bare_words_may_differ() -> None:
    assert gates.same_marks(["bloom", "<zorvane>"], ["glow", "<zorvane>"], relations=True) is None


EFFECTS = {"always": "more", "some": "less"}


@pytest.mark.parametrize(
    ("asked", "verdict", "passes"),
    [
        (["always"], Verdict.FALSE, True),
        (["some"], Verdict.FALSE, False),
        (["always"], Verdict.TRUE, False),
        (["some"], Verdict.TRUE, True),
        (["some"], Verdict.MOSTLY_TRUE, True),
        (["always"], Verdict.MIXED, False),
        (["only"], Verdict.FALSE, False),
        (["only"], Verdict.TRUE, False),
        ([], Verdict.UNPROVEN, True),
    ],
)
def test_strength_passes_where_it_follows(asked: list[str], verdict: Verdict, passes: bool) -> None:
    assert (gates.stronger(asked, (), EFFECTS, verdict) is None) is passes
    assert gates.stronger(asked, asked, EFFECTS, verdict) is None


def test_a_claims_own_strength_is_part_of_it_unless_many_wordings_go_without() -> None:
    assert gates.strength_kept((), ["always"], EFFECTS, 0.0)
    assert gates.strength_kept(["always"], ["always"], EFFECTS, 0.0) is None
    assert gates.strength_kept((), ["always"], EFFECTS, 0.9) is None
    assert gates.strength_kept((), ["some"], EFFECTS, 0.0) is None


def test_only_one_denial_can_be_told() -> None:
    assert gates.one_denial([]) is None
    assert gates.one_denial([3]) is None
    assert gates.one_denial([3, 5])


def test_what_may_ask_for_an_opinion_gets_nothing_derived() -> None:
    sign = Meaning("words", "opinion-aside", "aside", "opinion")
    assert gates.asks_fact(Question("x", signs=(sign,)))
    assert gates.asks_fact(Question("x", signs=(sign._replace(effect="personal"),))) is None
    assert gates.asks_fact(Question("x")) is None


def test_the_same_names_in_another_order_are_refused() -> None:
    assert gates.order(["<zorvane>", "<quelbrin>"], ["<zorvane>", "bloom", "<quelbrin>"]) is None
    assert gates.order(["<zorvane>"], ["<zorvane>"]) is None
    assert gates.order(["<quelbrin>", "<zorvane>"], ["<zorvane>", "<quelbrin>"])


def test_the_proposition_of_the_claim_must_be_the_one_asked() -> None:
    assert gates.proposition([MEMBER], ABOUT, symmetric=False) is None
    for other in (
        MEMBER._replace(subject="quelbrin"),
        MEMBER._replace(relation="brings"),
        MEMBER._replace(object="umbrant"),
        Proposed("florant", "is-a", "zorvane"),
    ):
        assert gates.proposition([other], ABOUT, symmetric=False)


def test_the_sides_of_a_symmetric_relation_may_be_swapped() -> None:
    swapped = Proposed("florant", "is-a", "zorvane")
    assert gates.proposition([swapped], ABOUT, symmetric=True) is None


def test_where_one_of_the_two_has_no_proposition_none_is_compared() -> None:
    assert gates.proposition([], ABOUT, symmetric=False) is None
    assert gates.proposition([MEMBER], None, symmetric=False) is None


@pytest.mark.parametrize("plain", [True, False])
def test_a_plain_question_is_not_taken_for_a_wording_that_says_more(plain: bool) -> None:
    asked = Question("", propositions=(MEMBER,), content=("<zorvane>", "<florant>"))
    assert gates.plain_proposition(asked, None, ["<zorvane>", "<florant>", "bloom"], plain=plain)
    assert gates.plain_proposition(asked, ABOUT, ["bloom"], plain=plain) is None
    assert gates.plain_proposition(asked._replace(residue=("glow",)), None, ["bloom"], plain=plain) is None
    assert gates.plain_proposition(asked._replace(propositions=()), None, ["bloom"], plain=plain) is None


def test_a_plain_question_is_taken_for_a_plain_wording_of_the_same_content() -> None:
    asked = Question("", propositions=(MEMBER,), content=("<zorvane>", "<florant>"))
    assert gates.plain_proposition(asked, None, ["<florant>", "<zorvane>"], plain=True) is None
    assert gates.plain_proposition(asked, None, ["<florant>", "<zorvane>"], plain=False)


@pytest.mark.parametrize("gate", [gates.force, gates.condition])
@pytest.mark.parametrize("kinds", [[], ["only"], ["only", "once"]])
def test_strength_and_circumstance_must_be_the_same(
    gate: Callable[[Sequence[str], Sequence[str]], str | None], kinds: list[str]
) -> None:
    assert gate(kinds, kinds) is None
    assert gate(kinds, kinds[::-1]) is None
    assert "always" in (gate([*kinds, "always"], kinds) or "")
    assert "always" in (gate(kinds, [*kinds, "always"]) or "")


def test_words_left_over_are_refused_and_told() -> None:
    assert gates.residue(Question("")) is None
    refused = gates.residue(Question("", residue=("moon", "cheese")))
    assert refused is not None
    assert "moon" in refused
    assert "cheese" in refused


def test_there_must_be_exactly_one_proposition() -> None:
    none = gates.one_proposition(Question(""))
    two = gates.one_proposition(Question("", propositions=(MEMBER, MEMBER._replace(relation="brings"))))
    assert none is not None
    assert two is not None
    assert none != two
    assert gates.one_proposition(Question("", propositions=(MEMBER,))) is None


def test_a_name_in_doubt_or_of_a_drug_that_is_not_held_is_refused() -> None:
    assert gates.certain_names(Question("")) is None
    assert "zip" in (gates.certain_names(Question("", ambiguous=("zip",))) or "")
    assert "dralomine" in (gates.certain_names(Question("", unknown_drugs=("dralomine",))) or "")


@pytest.mark.parametrize(
    ("asked", "held", "passes"),
    [
        (["women", "drunk", "faster", "^than", "men"], ["women", "drunk", "sooner", "^than", "men"], True),
        (["men", "drunk", "faster", "^than", "women"], ["women", "drunk", "faster", "^than", "men"], False),
        (["bloom", "last", "^than", "glow"], ["glow", "last", "^than", "bloom"], False),
        (["bloom", "last", "^than", "glow"], ["bloom", "glow", "last"], True),
        (["bloom", "^than", "bloom"], ["bloom", "^than", "bloom"], True),
    ],
)
def test_the_sides_of_a_comparison_must_not_change_places(
    asked: Sequence[str], held: Sequence[str], passes: bool
) -> None:
    assert (gates.sides(asked, held) is None) is passes


def test_two_things_that_a_question_relates_are_not_one_idea_of_a_claim() -> None:
    mentions = (Mention("zorvane", "substance", "zorvane", 0, 1), Mention("florant", "class", "florant", 3, 4))
    question = Question(text="", mentions=mentions, propositions=(MEMBER,))
    assert gates.one_each([frozenset({0, 3})], question) is not None
    assert gates.one_each([frozenset({0}), frozenset({3})], question) is None
    assert gates.one_each([frozenset({0, 3})], question._replace(propositions=())) is None


def test_a_word_that_nobody_knows_must_be_a_claims_own() -> None:
    assert gates.unheard([], ()) is None
    assert gates.unheard(["blorvin"], {"blorvin", "bloom"}) is None
    refused = gates.unheard(["blorvin", "bloom"], {"bloom"})
    assert refused is not None
    assert "blorvin" in refused
    assert "bloom" not in refused


def test_what_one_clause_denies_and_another_turns_round_is_refused(store: Store) -> None:
    assert gates.denied_once(read("black tar isn't heroin, it's a different drug", store)) is not None
    for text in (
        "black tar isn't heroin",
        "black tar is a different drug than heroin",
        "black tar isn't different from heroin",
    ):
        assert gates.denied_once(read(text, store)) is None


def test_what_is_concluded_from_a_proposition_does_not_deny_it(store: Store) -> None:
    conclusions = store.single("link", effects=("conclusion",))
    for text, refused in (
        ("cocaine is in Schedule I, so no doctor may ever use it", True),
        ("cocaine is not in Schedule I, so doctors may use it", False),
        ("so cocaine is not in Schedule I", False),
        ("cocaine is in Schedule I, and no doctor may use it", False),
    ):
        assert (gates.concluded(read(text, store), conclusions) is not None) is refused


def test_nothing_is_derived_beside_a_clause_that_denies_something() -> None:
    assert gates.no_aside(Question("")) is None
    assert gates.no_aside(Question("", asides=(4,))) is not None


def test_a_plain_relation_needs_a_claim_that_speaks_of_it() -> None:
    asked = Question("", propositions=(Proposed("zorvane", "brings", "gloom"),))
    assert gates.unspoken(asked, {"<zorvane>", "~brings"}) is None
    assert gates.unspoken(asked, {"<zorvane>", "~not-brings"}) is None
    refused = gates.unspoken(asked, {"<zorvane>", "~habit", "gloom"})
    assert refused is not None
    assert "brings" in refused


def test_what_says_more_than_a_relation_may_be_any_claim() -> None:
    asked = Question("", propositions=(Proposed("zorvane", "brings", "gloom"),), residue=("monday",))
    assert gates.unspoken(asked, ()) is None
    assert gates.unspoken(Question(""), ()) is None
    assert gates.unspoken(Question("", propositions=(MEMBER._replace(implied=True),)), ()) is None


def test_relations_that_fit_nothing_named_must_all_be_known_where_nothing_else_is_said() -> None:
    asked = Question("", content=("<zorvane>", "~habit", "~not-brings"))
    assert gates.unspoken(asked, {"~habit", "~by-brings"}) is None
    refused = gates.unspoken(asked, {"<zorvane>", "~habit"})
    assert refused is not None
    assert refused.endswith(" brings")
    assert gates.unspoken(asked._replace(content=(*asked.content, "gloom")), {"~habit"}) is None


def test_two_products_of_one_drug_are_refused_and_one_or_its_plural_is_not(tiny_store: Store) -> None:
    question = read("is zorvane Zorvex", tiny_store)
    assert gates.one_thing(question, {key("zorvane"), key("Zorvex")})
    assert gates.one_thing(question, {key("Zorvex")}) is None
    assert gates.one_thing(read("is Zorvex Zorvex", tiny_store), {key("Zorvex")}) is None


@pytest.mark.parametrize("text", ["dangers of ketamine", "effects of weed", "risks of alcohol"])
def test_a_text_that_opens_as_a_request_for_a_profile_derives_nothing(text: str, store: Store) -> None:
    question = read(text, store)
    assert gates.no_profile(question, store.phrases([question.tokens[0].stem])) == "it asks for a profile"
    other = read(f"are there {text}", store)
    assert gates.no_profile(other, store.phrases([other.tokens[0].stem])) is None
