"""A fact-checker for drug misconceptions: offline, sourced, and honest when it does not know.

>>> import drugfacts
>>> store = drugfacts.open_store()
>>> drugfacts.ask("is ketamine an opioid", store).verdict
<Verdict.FALSE: 'false'>
"""

from __future__ import annotations

from drugfacts.answering.answer import Answer, Status
from drugfacts.answering.decide import answer as ask
from drugfacts.errors import DrugfactsError, FactsError, Problem, StoreError, UnknownNameError
from drugfacts.locate import open_store
from drugfacts.model import Verdict
from drugfacts.store import Store as FactStore
from drugfacts.version import __version__

__all__ = [
    "Answer",
    "DrugfactsError",
    "FactStore",
    "FactsError",
    "Problem",
    "Status",
    "StoreError",
    "UnknownNameError",
    "Verdict",
    "__version__",
    "ask",
    "open_store",
]
