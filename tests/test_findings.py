from __future__ import annotations

from typing import TYPE_CHECKING

from drugfacts.answering.findings import findings

if TYPE_CHECKING:
    from drugfacts.store import Store


def test_findings_are_given_with_the_record_that_holds_them(wide: Store) -> None:
    zorvane, vespine = wide.profile("zorvane"), wide.profile("vespine")
    assert zorvane is not None
    assert vespine is not None
    assert [holder for holder, _ in findings(zorvane, "habit", wide)] == ["florant"]
    assert [holder for holder, _ in findings(zorvane, "brings", wide)] == ["zorvane"]
    assert findings(zorvane, "vigour", wide) == []
    assert findings(vespine, "habit", wide) == []
    assert findings(vespine, "no-such-field", wide) == []
