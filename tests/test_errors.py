from __future__ import annotations

from drugfacts.errors import DrugfactsError, FactsError, Problem, StoreError, UnknownNameError

PROBLEM = Problem("claims/a/b.yaml", 3, 7, "unknown-key", "'x' is not a key here")


def test_a_problem_reads_as_file_line_column_code_and_message() -> None:
    assert str(PROBLEM) == "claims/a/b.yaml:3:7: unknown-key: 'x' is not a key here"


def test_problems_sort_by_file_then_by_line_as_a_number() -> None:
    late, early = PROBLEM._replace(line=10), PROBLEM._replace(line=9)
    other = PROBLEM._replace(file="claims/a/a.yaml", line=99)
    assert sorted([late, early, other]) == [other, early, late]


def test_a_facts_error_carries_and_shows_every_problem() -> None:
    other = PROBLEM._replace(line=4)
    error = FactsError([PROBLEM, other])
    assert error.problems == [PROBLEM, other]
    assert str(error) == f"2 faults in the facts:\n{PROBLEM}\n{other}"


def test_a_single_fault_is_not_counted_in_the_plural() -> None:
    assert str(FactsError([PROBLEM])).startswith("1 fault in the facts:\n")


def test_an_unknown_name_is_answered_with_the_nearest_ones() -> None:
    error = UnknownNameError("claim", "zorvan", ["zorvane", "zorvex"])
    assert str(error) == "no claim called 'zorvan'. Did you mean zorvane or zorvex?"
    assert (error.name, error.nearest) == ("zorvan", ["zorvane", "zorvex"])


def test_an_unknown_name_with_nothing_near_has_no_hint() -> None:
    assert str(UnknownNameError("claim", "x", [])) == "no claim called 'x'."


def test_every_error_can_be_caught_as_one_kind() -> None:
    assert issubclass(FactsError, DrugfactsError)
    assert issubclass(StoreError, DrugfactsError)
    assert issubclass(UnknownNameError, DrugfactsError)
