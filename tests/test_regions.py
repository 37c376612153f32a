from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drugfacts.answering.answer import Answer, Notice, Status
from drugfacts.answering.regions import find_region, numbers, region_of_locale, with_numbers
from drugfacts.errors import UnknownNameError

if TYPE_CHECKING:
    from drugfacts.store import Store

TOLD = "Emergency number in Arden: 777. Poison advice: the gardener, 12 34."


@pytest.mark.parametrize("name", ["arden", "ARDEN", "zz", "ZZ", " ad "])
def test_a_region_is_found_by_id_and_code(tiny_store: Store, name: str) -> None:
    assert find_region(name, tiny_store).id == "arden"


@pytest.mark.parametrize("name", ["", "xx", "arde"])
def test_an_unknown_region_is_told_with_those_there_are(tiny_store: Store, name: str) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean ARDEN"):
        find_region(name, tiny_store)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"LANG": "en_ZZ.UTF-8"}, True),
        ({"LANG": "en_ZZ"}, True),
        ({"LANG": "en_AD@euro"}, True),
        ({"LANG": "C", "LC_ALL": "en_ZZ.UTF-8"}, True),
        ({"LANG": "C", "LC_MESSAGES": "en_ZZ.UTF-8"}, True),
        ({"LANG": "en_ZZ.UTF-8", "LC_ALL": ""}, True),
        ({"LANG": "en_ZZ.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "en_ZZ.UTF-8", "LC_MESSAGES": "fr_FR"}, False),
        ({"LANG": "zz"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "_"}, False),
        ({}, False),
    ],
)
def test_the_locale_says_which_region(tiny_store: Store, environment: dict[str, str], found: object) -> None:
    assert (region_of_locale(environment, tiny_store) is not None) is found


def test_the_numbers_stand_at_the_end_of_what_is_said_of_an_emergency(tiny_store: Store) -> None:
    region = find_region("zz", tiny_store)
    assert numbers(region) == TOLD
    given = Answer("x", Status.UNSURE, notices=(Notice("emergency", "Act."), Notice("spelling", "Read.")))
    assert [one.text for one in with_numbers(given, region).notices] == [f"Act. {TOLD}", "Read."]
    whole = given._replace(parts=(given, Answer("y", Status.UNSURE)))
    assert with_numbers(whole, region).parts[0].notices[0].text == f"Act. {TOLD}"
    assert with_numbers(whole, region).parts[1].notices == ()


def test_what_is_not_known_of_a_region_is_left_out(tiny_store: Store) -> None:
    region = find_region("zz", tiny_store)
    assert numbers(region._replace(poison="")) == "Emergency number in Arden: 777."
    assert numbers(region._replace(talk="a friend")) == f"{TOLD} Someone to talk to: a friend."


def test_an_answer_without_an_emergency_stays_as_it_is(tiny_store: Store) -> None:
    given = Answer("x", Status.UNSURE, notices=(Notice("spelling", "Read."),))
    assert with_numbers(given, find_region("zz", tiny_store)) is given


def test_the_real_regions_are_those_of_the_readme(store: Store) -> None:
    assert store.ids("regions") == ["au", "ca", "eu", "ie", "nz", "uk", "us"]
    for locale, name in (("en_GB.UTF-8", "uk"), ("en_US.UTF-8", "us"), ("de_DE.UTF-8", "eu"), ("fr_CA", "ca")):
        found = region_of_locale({"LANG": locale}, store)
        assert found
        assert found.id == name
