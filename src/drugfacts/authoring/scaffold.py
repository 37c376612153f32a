"""Begin a new record: a file with every key that it needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drugfacts.authoring.schema import first_line

if TYPE_CHECKING:
    from pathlib import Path

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 120
_PASSAGE = """{name}:
  text:
  short:
  sources: []
"""
_TEMPLATES = {
    "claim": """id: {id}
statement:
topic: {topic}
about: {{subject: , relation: , object: }}   # or `concepts:`, see README.md
verdict:          # true, mostly-true, mixed, misleading, unproven or false
answer:
nuance:
believed_because:
matters_because:
asks:             # at least eight different wordings
  -
not_asks:         # at least four near misses
  - {{text: , because: }}
references:       # at least two, one of level A
  - {{source: , supports: [verdict], finding: }}
review: {{status: drafted, on: {today}}}
""",
    "substance": """id: {id}
name: {id}
kind: substance   # substance, product or plant
names: {{generic: [], brand: [], street: [], abbreviation: [], chemical: [], misspelling: [], product: []}}
ambiguous: []
classes:
  - {{id: , sources: []}}
classes_complete: false
"""
    + "".join(_PASSAGE.format(name=name) for name in ("summary", "mechanism", "effects", "addiction_risk"))
    + """facts: {{}}
law: []
review: {{status: drafted, on: {today}}}
""",
    "class": """id: {id}
name: {id}
plural_name: {id}s
membership: crisp   # crisp or loose
names: {{generic: [], street: []}}
parents: []
classes_complete: false
"""
    + "".join(_PASSAGE.format(name=name) for name in ("summary", "mechanism", "effects", "addiction_risk"))
    + """facts: {{}}
review: {{status: drafted, on: {today}}}
""",
    "term": """id: {id}
name: {id}
kind:             # target, condition, harm or material
names: []
""",
    "source": """id: {id}
title:
publisher:
year:
url:
level:            # A, B, C or D
kind:             # trial, review, article, guideline, label, rule, agency, textbook, encyclopedia, charity, news
read:             # full, abstract, excerpt or copy
read_on: {today}
""",
}
_FOLDERS = {
    "claim": "claims",
    "substance": "substances",
    "class": "classes",
    "term": "terms",
    "source": "sources",
}


def scaffold(kind: str, name: str, root: Path) -> Path:
    """Write the file of a new record.

    Args:
        kind: claim, substance, class, term or source.
        name: its id; for a claim ``topic/id``.
        root: the fact folder.

    Returns:
        The path of the file.

    Raises:
        ValueError: the kind or the id will not do, or the file is there already; it is never overwritten.
    """
    from datetime import datetime, timezone

    if kind not in _TEMPLATES:
        raise ValueError(f"{kind!r} is not one of {', '.join(_TEMPLATES)}")
    topic, _, own = name.rpartition("/")
    if (kind == "claim") != bool(topic):
        raise ValueError("a claim is named topic/id, anything else by its id alone")
    if len(own) > LONGEST_ID or len(topic) > LONGEST_ID:
        raise ValueError(f"an id has at most {LONGEST_ID} characters")
    for part in filter(None, (topic, own or " ")):
        if not _ID.fullmatch(part):
            raise ValueError(f"{part!r} is no id: lower-case letters and digits, with single hyphens between them")
    folder = _FOLDERS[kind]
    path = root / folder / topic / f"{own}.yaml" if topic else root / folder / f"{own}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    today = datetime.now(tz=timezone.utc).date().isoformat()
    text = f"{first_line(folder)}\n" + _TEMPLATES[kind].format(id=own, topic=topic, today=today)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ValueError(f"{path} is there already") from None
    return path
