from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drugfacts.authoring.lineage import lineage
from drugfacts.authoring.load import Library, Loaded
from drugfacts.model import (
    Crispness,
    DrugClass,
    Membership,
    Passage,
    Review,
    ReviewStatus,
    Substance,
    SubstanceKind,
)

SUMMARY = Passage("x", ())
REVIEW = Review(ReviewStatus.DRAFTED, "2026-11-23")
PARENTS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3))


def library_of(parents: dict[str, list[str]], substances: dict[str, list[str]]) -> Library:
    """Make a library of classes with their parents, and substances with their classes."""
    library = Library()
    for name, above in parents.items():
        memberships = tuple(Membership(one, ()) for one in above)
        record = DrugClass(name, name, name, Crispness.CRISP, SUMMARY, REVIEW, parents=memberships)
        library.add(Loaded(record, "classes", None, name, name))
    for name, above in substances.items():
        memberships = tuple(Membership(one, ()) for one in above)
        record_of = Substance(name, name, SubstanceKind.SUBSTANCE, SUMMARY, memberships, REVIEW)
        library.add(Loaded(record_of, "substances", None, name, name))
    return library


def test_every_class_above_is_given_with_its_steps_nearest_first() -> None:
    library = library_of({"a": [], "b": ["a"], "c": ["b"]}, {"x": ["c"]})
    assert list(lineage(library, "x").items()) == [("c", 1), ("b", 2), ("a", 3)]


def test_of_two_ways_up_the_shorter_counts() -> None:
    library = library_of({"a": [], "b": ["a"]}, {"x": ["b", "a"]})
    assert lineage(library, "x") == {"b": 1, "a": 1}


def test_a_class_that_is_not_there_is_left_out() -> None:
    assert lineage(library_of({"a": ["gone"]}, {"x": ["a", "gone"]}), "x") == {"a": 1}


def test_what_is_not_in_the_library_has_no_lineage() -> None:
    assert lineage(library_of({"a": []}, {}), "x") == {}


def test_a_circle_is_walked_once_and_nothing_is_above_itself() -> None:
    library = library_of({"a": ["b"], "b": ["c"], "c": ["a"]}, {})
    assert lineage(library, "a") == {"b": 1, "c": 2}


@settings(deadline=None)
@given(PARENTS)
def test_what_is_above_a_parent_is_above_its_child(parents: dict[str, list[str]]) -> None:
    library = library_of(parents, {})
    for name, above in parents.items():
        found = lineage(library, name)
        for parent in set(above) & set(parents):
            assert ({parent} | set(lineage(library, parent))) - {name} <= set(found)
        assert name not in found
        assert set(found) <= set(parents)
