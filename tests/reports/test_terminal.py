"""The reading in the terminal, at the widths and with the encodings that occur."""

import io
import re

import pytest
from hypothesis import given, settings
from odd_sessions import odd_reading, readings
from rich.cells import cell_len
from rich.console import Console

from attunement.episodes.model import SessionReading
from attunement.reports import render_terminal, words
from stand_in import example


def shown(reading: SessionReading, width: int = 80, **options: object) -> str:
    out = io.StringIO()
    render_terminal(reading, Console(file=out, width=width, **options))  # type: ignore[arg-type]
    return out.getvalue()


def test_the_parts_come_in_the_order_of_need() -> None:
    text = shown(example())
    parts = ("The therapist met the client", "Timeline", "Moments", "To take up next time", "Decision support")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_moments_are_quoted_with_their_codes_in_words() -> None:
    text = shown(example())
    assert "“[pause] It was not your word to use.”" in text
    assert "complaint about the therapist" in text
    assert "complaint_therapist" not in text


def test_it_says_what_it_is_not() -> None:
    text = " ".join(shown(example()).split())
    assert "not a diagnosis, and not validated on real therapies" in text
    assert words.PROVENANCE in text


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for line in shown(example(timed=True), width).splitlines():
        assert cell_len(line) <= width


def test_the_picture_shows_every_lane_by_sign_and_not_by_colour() -> None:
    text = shown(example(), color_system=None)
    for sign in ("●", "○", "━", "░", "◆", "╌", "├", "═", "★"):
        assert sign in text
    for label in ("attunement", "against", "away", "repair moves", "rupture", "corrective"):
        assert label in text


def test_lanes_without_anything_say_so() -> None:
    assert shown(example("hanne-03")).count("none found") == 3


def test_piped_output_has_no_colour_codes() -> None:
    assert "\x1b" not in shown(example())


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    coloured = re.findall(r"\x1b\[[\d;]*(?:3[0-7]|38;)[\d;]*m", shown(example(), force_terminal=True))
    assert coloured == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_unicode_gets_other_signs(encoding: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    render_terminal(odd_reading(["Schön, 中文 “so”", "ok …"] * 20, seed=3), Console(file=out, width=80))
    out.flush()
    assert "Timeline" in raw.getvalue().decode(encoding)


@settings(max_examples=30, deadline=None)
@given(readings())
def test_odd_sessions_are_shown_without_harm(reading: SessionReading) -> None:
    text = shown(reading)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", text)
    assert all(cell_len(line) <= 80 for line in text.splitlines())


def test_markup_in_a_transcript_stays_words() -> None:
    text = shown(odd_reading(["hello", "[bold red]not markup[/]"] * 3, seed=4))
    assert "[bold red]not markup[/]" in text


def test_a_thousand_turns_fit_the_picture() -> None:
    assert "Timeline" in shown(odd_reading(["So?", "Well."] * 500))
