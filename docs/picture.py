"""Draw the picture in the README: ``python docs/picture.py`` writes ``docs/ask.svg``."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

import drugfacts
from drugfacts.render.terminal import show

QUESTION = "is ketamine an opioid"
OUTPUT = Path(__file__).with_name("ask.svg")
WIDTH = 80


def picture() -> str:
    """Give the SVG of the answer as a terminal of 80 columns shows it."""
    out = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard", highlight=False
    )
    out.print(Text(f"$ drugfacts ask {QUESTION!r}".replace("'", '"'), style="dim"))
    show(drugfacts.ask(QUESTION, drugfacts.open_store()), out)
    return out.export_svg(title="drugfacts", unique_id="drugfacts")


if __name__ == "__main__":
    OUTPUT.write_text(picture() + "\n", encoding="utf-8")
