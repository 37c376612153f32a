from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.answering.likeness import MARKS, MOST, UNHEARD, alike, evidence, explained, kin, likest
from drugfacts.language.read import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drugfacts.answering.likeness import Likeness
    from drugfacts.store import Store

CLAIM = "quelbrin-is-a-florant"
VOCABULARY = (
    "is ketamine an opioid naloxone addiction choice does not weed gateway drug overdose children ruin wreck liver "
    "withdrawal never fentanyl touching kill you alcohol cancer cure only one the people heroin qwxyz 30 brain"
)
NEAR = """\
# yaml-language-server: $schema=../schemas/word-list.json
id: near
kind: near
origin: invented
words: wilt fade:70 bloom:90 petal:40, fade wilt:70, bloom wilt:90
"""
ASKS = """\
  - quelbrin makes petals fade
  - quelbrin makes petals bloom
  - {text: "quelbrin isn't a florant", negated: true}
"""
OPPOSITES = """\
  - {id: opening, role: opposite, effect: closing, phrases: [bloom]}
  - {id: closing, role: opposite, effect: opening, phrases: [wilt, fade]}
"""
CONTENT = st.lists(st.sampled_from(VOCABULARY.split()), max_size=10).map(" ".join)


@pytest.fixture
def wordy(tiny_facts: Path, change: Callable[[str, str, str], Path], request: pytest.FixtureRequest) -> Store:
    """Compile the small fact folder with words near in meaning, and opposites among them."""
    (tiny_facts / "word-lists" / "near.yaml").write_text(NEAR)
    change(f"claims/lore/{CLAIM}.yaml", '  - {text: "quelbrin isn\'t a florant", negated: true}\n', ASKS)
    concept = "  - {id: blooming, role: concept, phrases: [bloom, blossom]}\n"
    change("lexicon/words.yaml", concept, OPPOSITES)
    found: Store = request.getfixturevalue("tiny_store")
    return found


def asked(text: str, store: Store) -> tuple[str, ...]:
    return tuple(read(text, store).content)


def found(text: str, store: Store) -> dict[str, Likeness]:
    return {one.row.text: one for one in alike(asked(text, store), store)}


@settings(deadline=None, max_examples=200)
@given(CONTENT)
def test_every_likeness_lies_between_0_and_1_and_the_best_comes_first(store: Store, text: str) -> None:
    ranked = alike(asked(text, store), store)
    assert len(ranked) <= MOST
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    for one in ranked:
        assert 0 <= one.strict <= one.score + 1e-9
        assert 0 < one.score <= 1


def test_a_wording_is_wholly_like_itself(store: Store) -> None:
    for row in store.claims()[::10]:
        for wording in store.wordings(row.id)[:4]:
            if not wording.content:
                continue
            same = [one for one in alike(wording.content, store) if {*one.row.content} == {*wording.content}]
            assert same, wording.text
            for one in same:
                assert (one.score, one.strict) == pytest.approx((1, 1))
            if len(same) < MOST:
                assert wording in [one.row for one in same]


def test_two_wordings_are_strictly_as_like_either_way_round(store: Store) -> None:
    for row in store.claims()[::25]:
        for wording in store.wordings(row.id)[:2]:
            for one in alike(wording.content, store)[:8]:
                back = {other.row: other.strict for other in alike(one.row.content, store)}
                if one.row in back and wording in back:
                    assert back[wording] == pytest.approx(one.strict), (wording.text, one.row.text)


def test_wordings_that_are_asked_about_can_be_left_out(tiny_store: Store) -> None:
    content = asked("is quelbrin a florant", tiny_store)
    numbers = tiny_store.features(content)["<quelbrin>"].asks
    left_out = next(number for number in numbers if tiny_store.asks([number])[number].content == content)
    whole, without = alike(content, tiny_store), alike(content, tiny_store, without={left_out})
    assert len(without) == len(whole) - 1
    assert alike(content, tiny_store, without=set(numbers)) == []


@pytest.mark.parametrize("content", [(), ("nothing", "like"), ("<nobody>",)])
def test_what_nothing_is_like_finds_nothing(tiny_store: Store, content: tuple[str, ...]) -> None:
    assert alike(content, tiny_store) == []


def test_a_part_said_twice_counts_once(tiny_store: Store) -> None:
    once, twice = asked("is quelbrin a florant", tiny_store), asked("is quelbrin a florant", tiny_store) * 2
    assert alike(twice, tiny_store) == alike(once, tiny_store)


def test_a_word_that_no_wording_has_weighs_as_the_rarest(store: Store) -> None:
    content = asked("is ketamine an opioid", store)
    whole = sum(feature.weight for feature in store.features(content).values())
    assert alike(content, store)[0].score == pytest.approx(1)
    assert alike((*content, "qwxyz"), store)[0].score == pytest.approx(whole / (whole + UNHEARD))


def test_a_wording_that_holds_too_little_of_the_question_is_not_compared(tiny_store: Store) -> None:
    content = asked("is quelbrin a florant", tiny_store)
    assert alike((*content, "qwxyz"), tiny_store) == []


def test_a_word_near_in_meaning_counts_in_part(wordy: Store) -> None:
    like = found("quelbrin makes petals wilt", wordy)["quelbrin makes petals fade"]
    assert like.strict < like.score < 1
    assert kin(["wilt"], wordy)["wilt"]["fade"] == pytest.approx((0.7 - 0.4) / 0.6)


def test_opposites_are_not_kin_however_near_they_stand(wordy: Store) -> None:
    assert set(kin(["wilt"], wordy)["wilt"]) == {"fade", "petal"}
    assert "wilt" not in kin(["bloom"], wordy).get("bloom", {})
    like = found("quelbrin makes petals wilt", wordy)["quelbrin makes petals bloom"]
    assert like.score == pytest.approx(like.strict)


def test_the_least_likeness_that_a_list_may_hold_counts_for_nothing(wordy: Store) -> None:
    assert kin(["wilt"], wordy)["wilt"]["petal"] == pytest.approx(0)


def test_marks_have_no_kin(store: Store) -> None:
    marks = [f"{mark}wreck" for mark in MARKS]
    assert set(kin(["wreck", *marks], store)) == {"wreck"}


def test_no_word_of_the_store_is_kin_to_itself_and_every_share_is_a_share(store: Store) -> None:
    words = {name for row in store.claims() for name in store.vocabulary(row.id)}
    shares = {word: row for word, row in kin(words, store).items() if row}
    assert len(shares) > 100
    for word, row in shares.items():
        assert word not in row
        assert all(0 <= share <= 1 for share in row.values()), word


def test_what_a_vocabulary_holds_is_explained_and_what_it_does_not_is_not(wordy: Store) -> None:
    weight = {name: feature.weight for name, feature in wordy.features(["petal", "fade"]).items()}
    assert explained(["petal", "fade"], {"petal"}, wordy) == {"petal": 0, "fade": pytest.approx(weight["fade"])}
    assert explained(["qwxyz"], (), wordy) == {"qwxyz": UNHEARD}
    assert explained([], {"petal"}, wordy) == {}


def test_a_word_near_in_meaning_explains_in_part(wordy: Store) -> None:
    assert explained(["wilt"], {"fade"}, wordy) == {"wilt": pytest.approx(UNHEARD * 0.5)}
    assert explained(["wilt"], {"bloom"}, wordy) == {"wilt": UNHEARD}


def test_an_identical_wording_speaks_for_its_claim_with_everything(tiny_store: Store) -> None:
    content = asked("is quelbrin a florant", tiny_store)
    ranked = alike(content, tiny_store)
    speaks = evidence(content, ranked[0], ranked, tiny_store)
    assert speaks["score"] == speaks["strict"] == speaks["lead"] == pytest.approx(1)
    assert speaks["rival"] == speaks["unexplained"] == speaks["missing"] == speaks["marks"] == 0
    assert speaks["agreeing"] == len(ranked) / 8
    assert speaks["names"] == 2


@settings(deadline=None, max_examples=100)
@given(CONTENT)
def test_all_evidence_but_the_counts_and_the_rarest_words_lies_between_0_and_1(store: Store, text: str) -> None:
    content = asked(text, store)
    ranked = alike(content, store)
    for one in ranked[:3]:
        speaks = evidence(content, one, ranked, store)
        for name in ("score", "strict", "rival", "unexplained", "missing", "agreeing", "length"):
            assert -1e-9 <= speaks[name] <= 1 + 1e-9, name
        assert speaks["lead"] == speaks["score"] - speaks["rival"]


def test_a_vocabulary_that_is_given_is_used_in_place_of_the_claims_own(tiny_store: Store) -> None:
    content = asked("is quelbrin a florant", tiny_store)
    ranked = alike(content, tiny_store)
    speaks = evidence(content, ranked[0], ranked, tiny_store, vocabulary=())
    assert speaks["unexplained"] == pytest.approx(1)


def test_the_likest_wording_of_a_claim_is_not_its_statement(store: Store) -> None:
    claim = "alcohol-helps-you-sleep"
    statement = store.statement(claim)
    content = next(row.content for row in store.wordings(claim) if row.text == statement)
    for ranked in (alike(content, store), []):
        found = likest(content, claim, ranked, store)
        assert found
        assert found.row.claim == claim
        assert found.row.text != statement
        assert not found.row.miss
        assert 0 <= found.score <= 1


def test_where_no_wording_is_ranked_the_one_with_most_in_common_is_the_likest(store: Store) -> None:
    claim = "alcohol-helps-you-sleep"
    for row in store.wordings(claim):
        if row.text != store.statement(claim):
            found = likest(row.content, claim, [], store)
            assert found
            assert found.score > 0.999
            assert {*found.row.content} == {*row.content}


def test_a_claim_without_another_wording_has_no_likest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = "alcohol-helps-you-sleep"
    only = [row for row in store.wordings(claim) if row.text == store.statement(claim)]
    monkeypatch.setattr(type(store), "wordings", lambda *_: only)
    assert likest(("sleep",), claim, [], store) is None
