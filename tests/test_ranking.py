from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.ranking import amount_fields, common_scale, find_amount, rank, values
from drugfacts.errors import UnknownNameError
from drugfacts.model import Finding

if TYPE_CHECKING:
    from drugfacts.store import Store


@pytest.mark.parametrize("name", ["heft", "HEFT", " heft ", "weight", "Weight"])
def test_an_amount_is_found_by_its_id_and_its_short_words(larger_store: Store, name: str) -> None:
    assert find_amount(name, larger_store).id == "heft"


@pytest.mark.parametrize("name", ["habit", "size", "", "hef"])
def test_what_is_no_amount_is_told_with_those_there_are(larger_store: Store, name: str) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean heft"):
        find_amount(name, larger_store)


def test_a_store_without_amounts_has_none(tiny_store: Store) -> None:
    assert amount_fields(tiny_store) == []


def test_the_highest_comes_first_and_another_sample_stands_on_a_scale_of_its_own(larger_store: Store) -> None:
    dry, wet = rank(find_amount("heft", larger_store), larger_store)
    assert (dry.unit, dry.sample, dry.top) == ("stones", "", 8)
    assert [(row.name, row.low, row.high) for row in dry.rows] == [("murkane", 2, 8), ("murkene", 4, 4)]
    assert (wet.sample, wet.top) == ("wet", 50)
    assert [row.id for row in wet.rows] == ["murkene"]


def test_a_value_keeps_in_whom_it_was_found_and_its_sources(larger_store: Store) -> None:
    row = rank(find_amount("heft", larger_store), larger_store)[0].rows[1]
    assert row.population == "dry bags"
    assert row.sources == ("src-one", "src-two")
    assert row.says == "A bag of murkene weighs 4 stones."


def test_the_values_of_one_profile_are_all_of_them(larger_store: Store) -> None:
    profile = larger_store.profile("murkene")
    assert profile
    assert [one.low for one in values(profile, find_amount("heft", larger_store), larger_store)] == [4, 40]


def test_values_of_another_unit_or_sample_share_no_scale() -> None:
    one = Finding("x", (), low=2, high=8, unit="stones")
    assert common_scale(one, one._replace(low=1, high=4)) == 8
    assert common_scale(one, one._replace(high=12)) == 12
    assert common_scale(one, one._replace(unit="hours")) is None
    assert common_scale(one, one._replace(sample="wet")) is None
    assert common_scale(one._replace(low=0, high=0), one._replace(low=0, high=0)) is None


def test_every_amount_of_the_real_store_can_be_ranked_and_says_what_it_tells(store: Store) -> None:
    for field in amount_fields(store):
        assert field.tells, field.id
        for scale in rank(field, store):
            assert scale.rows
            assert [row.high for row in scale.rows] == sorted((row.high for row in scale.rows), reverse=True)
            assert all(row.sources for row in scale.rows)
