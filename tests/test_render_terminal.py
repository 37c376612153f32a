from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from drugfacts.answering.answer import Answer, Answered, Cited, Notice, Origin, Short, Side, Status, Suggestion
from drugfacts.answering.decide import answer
from drugfacts.model import Verdict
from drugfacts.render.profile import show_comparison, show_profile
from drugfacts.render.terminal import VERDICT_STYLES, WIDEST, console, show, show_teaser, teller

if TYPE_CHECKING:
    from drugfacts.store import Store

QUESTIONS = [
    "is ketamine an opioid",
    "are opioids and ketamine the same thing?",
    "what is heroin",
    "how much heroin should i take",
    "he is overdosing",
    "is ketamine always addictive",
    "is the moon made of cheese",
    "",
]
MARKUP = "[bold red]x[/bold red] [link=https://evil.example]y[/link] :smile: [/] \\[z]"
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


def full(text: str) -> Answer:
    return Answer(
        text,
        Status.ANSWERED,
        answer=Short.NO,
        verdict=Verdict.FALSE,
        claim=Answered("it-is", text, Verdict.FALSE, Origin.REVIEWED),
        summary=text,
        mechanism=text,
        effects=text,
        addiction_risk=text,
        nuance=text,
        notices=(Notice("emergency", text), Notice("spelling", text)),
        sources=(Cited("s", text, text, "2020", text, "A", ("verdict",)),),
        suggestions=(Suggestion("a", text, 0.5),),
        sides=(Side("a", text, text, text, text), Side("b", text, text, text, text)),
        why=(text,),
    )


def printed(given: Answer, capsys: pytest.CaptureFixture[str], *, width: int = 80, **options: bool) -> str:
    capsys.readouterr()
    show(given, console(color=True, width=width), **options)
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("text", QUESTIONS)
def test_no_line_is_wider_than_the_terminal(
    store: Store, capsys: pytest.CaptureFixture[str], text: str, width: int
) -> None:
    shown = printed(answer(text, store), capsys, width=width, sources=True, why=True)
    assert shown.strip()
    assert [line for line in shown.split("\n") if cell_len(line) > width] == []


@pytest.mark.parametrize("width", [40, 80, 120])
def test_wide_letters_count_as_two_columns(capsys: pytest.CaptureFixture[str], width: int) -> None:
    shown = printed(full("中文字" * 30 + " " + "x" * 200 + " 👍🏽"), capsys, width=width, sources=True, why=True)
    assert [line for line in shown.split("\n") if cell_len(line) > width] == []


@pytest.mark.parametrize("width", [40, 80, 120])
def test_profiles_and_comparisons_fit_too(store: Store, capsys: pytest.CaptureFixture[str], width: int) -> None:
    heroin, opioid = store.profile("heroin"), store.profile("opioid")
    assert heroin is not None
    assert opioid is not None
    capsys.readouterr()
    show_profile(heroin, store, console(color=False, width=width))
    show_profile(opioid, store, console(color=False, width=width))
    show_comparison(heroin, opioid, store, console(color=False, width=width))
    shown = capsys.readouterr().out
    assert "Heroin" in shown
    assert [line for line in shown.split("\n") if cell_len(line) > width] == []


def test_the_console_is_never_wider_than_reads_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert console(color=False).width == WIDEST
    monkeypatch.setenv("COLUMNS", "60")
    assert console(color=False).width == 60


def test_the_answer_comes_first(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(answer("is ketamine an opioid", store), capsys)
    assert shown.startswith("No. ")


def test_the_emergency_comes_before_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    given = full("It is not.")._replace(notices=(Notice("emergency", "Call now."), Notice("safety", "Do this.")))
    shown = printed(given, capsys)
    assert shown.index("Call now.") < shown.index("Do this.") < shown.index("No. It is not.")
    assert shown.lstrip().startswith("First: Call now.")


def test_two_things_stand_side_by_side(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    given = answer("is ketamine an opioid", store)
    shown = printed(given, capsys)
    assert len(given.sides) == 2
    heads = [re.split("[|│┃]", line) for line in shown.split("\n")]
    assert ["ketamine", "opioids"] in [[cell.strip() for cell in cells[2:-1]] for cells in heads]


def test_brief_is_one_line_however_narrow(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(answer("is ketamine an opioid", store), capsys, width=40, brief=True)
    assert shown.count("\n") == 1
    assert shown.startswith("No. Ketamine")


def test_even_brief_an_emergency_stands_above_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    given = full("It is not.")._replace(notices=(Notice("emergency", "Call now."),))
    shown = printed(given, capsys, brief=True)
    assert "Call now." in shown
    assert shown.index("Call now.") < shown.index("No. It is not.")


def test_near_misses_have_no_verdict(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    given = answer("is ketamine always addictive", store)
    assert given.suggestions
    shown = printed(given, capsys)
    assert all(one.id in shown.replace("\n", "") for one in given.suggestions[:1])
    assert not re.search(r"Verdict|\b(Yes|No)\.", shown)


def test_markup_in_foreign_text_is_shown_and_not_obeyed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = printed(full(MARKUP), capsys, width=120, why=True)
    assert shown.count("[bold red]x[/bold red]") >= 8
    assert "😄" not in shown
    assert ":smile:" in shown
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b]8" not in printed(full(MARKUP), capsys, why=True)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(), max_size=40)
    | st.sampled_from(["\x1b[31m\x1b]0;t\x07", "\u202eabc", "\r\x08\x9b2J", MARKUP])
)
def test_foreign_text_commands_no_terminal(capsys: pytest.CaptureFixture[str], text: str) -> None:
    shown = printed(full(text), capsys, why=True, sources=True)
    assert not set(shown) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E)}
    shown.encode()


def test_where_nobody_looks_there_are_no_codes(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    for text in QUESTIONS:
        assert "\x1b" not in printed(answer(text, store), capsys, sources=True, why=True)


def test_a_terminal_gets_colour(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert COLOUR.search(printed(answer("is ketamine an opioid", store), capsys))


def test_no_color_turns_colour_off_even_then(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    for text in QUESTIONS:
        assert not COLOUR.search(printed(answer(text, store), capsys, sources=True, why=True))


def test_the_option_turns_colour_off_too(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    show(answer("is ketamine an opioid", store), console(color=False, width=80))
    assert not COLOUR.search(capsys.readouterr().out)


def test_colour_carries_nothing_that_is_not_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(VERDICT_STYLES) == set(Verdict)
    for verdict in Verdict:
        assert f"Verdict: {verdict}" in printed(full("It.")._replace(verdict=verdict), capsys)


def test_of_several_questions_each_answer_stands_under_its_question(capsys: pytest.CaptureFixture[str]) -> None:
    one = full("It is not.")._replace(question="is it?", notices=(Notice("emergency", "Call now."),))
    two = Answer("is that?", Status.UNSURE, notices=one.notices)
    show(one._replace(question="both", parts=(one, two)), console(color=False, width=80))
    shown = capsys.readouterr().out
    assert shown.startswith("First: Call now.\n\nis it?\n")
    assert shown.count("Call now.") == 1
    assert "\nis that?\nI do not know" in shown
    assert shown.count("Information, not medical advice.") == 1
    show(one._replace(parts=(one, two)), console(color=False, width=80), brief=True)
    assert capsys.readouterr().out.splitlines()[1] == "is it? No. It is not."


def test_a_teaser_is_the_statement_the_answer_and_where_more_is(capsys: pytest.CaptureFixture[str]) -> None:
    given = full("It is not.")._replace(question="It is.", notices=(Notice("safety", "Ask."),))
    show_teaser(given, console(color=False, width=80))
    assert capsys.readouterr().out.splitlines() == [
        "“It is.”",
        "No. It is not.",
        "Ask.",
        "More: drugfacts show it-is",
    ]


def test_a_teller_wraps_and_interprets_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    teller(color=False)("[bold]x[/bold] \x1b[31m " + "word " * 60, "bold")
    shown = capsys.readouterr().out
    assert shown.startswith("[bold]x[/bold] \ufffd[31m word")
    assert len(shown.splitlines()) > 1
