"""A case in the terminal, at the widths and with the encodings that occur."""

import io

import pytest
from hypothesis import given, settings
from odd_cases import cases
from rich.cells import cell_len
from rich.console import Console

from attunement.case.findings import CaseFindings
from attunement.reports import words
from attunement.reports.case import render_case, wording
from stand_in_case import almost_empty_case, full_case, long_case


def shown(findings: CaseFindings, width: int = 96, *, full: bool = True, **options: object) -> str:
    out = io.StringIO()
    render_case(findings, Console(file=out, width=width, **options), full=full)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.fixture(scope="module")
def full() -> CaseFindings:
    return full_case()


def test_the_parts_come_in_the_order_of_need(full: CaseFindings) -> None:
    text = shown(full)
    parts = (
        *("Aiko", "Distress (PHQ-9) went", "Still open:", "To look at first", "Time line", "Belief map"),
        *("Across sessions", "What may be unsaid", "Change", "Fit", "Safety and frame", "Before session 10"),
        *("Not read, or to mind", "Decision support"),
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_in_short_it_shows_what_most_evenings_need_and_says_where_the_rest_is(full: CaseFindings) -> None:
    text = shown(full, full=False)
    assert "Across sessions" not in text
    assert text.index("Belief map") < text.index("What may be unsaid") < text.index("Before session 10")
    assert "--full shows them" in " ".join(text.split())
    assert len(text.splitlines()) < 0.7 * len(shown(full).splitlines())


def test_who_and_where_it_stands_fit_on_the_first_screen(full: CaseFindings) -> None:
    first_screen = "\n".join(shown(full, 80).splitlines()[:24])
    assert "Nine sessions" in first_screen
    assert "Still open" in first_screen


def test_it_says_what_it_is_not(full: CaseFindings) -> None:
    text = " ".join(shown(full).split())
    for sentence in (words.DISCLAIMER, wording.MEASURES, words.PROVENANCE):
        assert sentence in text


@pytest.mark.parametrize("width", [60, 80, 96, 200])
@pytest.mark.parametrize("count", [9, 60, 150])
def test_no_line_is_wider_than_the_terminal_or_than_reads_well(width: int, count: int) -> None:
    for line in shown(long_case(count), width).splitlines():
        assert cell_len(line.rstrip()) <= min(width, 96)


def test_the_picture_has_a_column_a_session_and_a_row_a_lane(full: CaseFindings) -> None:
    lines = shown(full).splitlines()
    axis = next(line for line in lines if line.strip().startswith("session 1 "))
    ruptures = next(line for line in lines if line.strip().startswith("ruptures "))
    for session, sign in ((2, "○"), (4, "◐"), (5, "●"), (8, "?")):
        assert axis.index(f" {session} ") + 1 == ruptures.index(sign)
    for label in ("PHQ-9", "check-in, mean", "left unsaid", "moments met", "strain", "openness", "around it"):
        assert any(line.strip().startswith(label) for line in lines)


def test_values_stand_beside_their_bars_and_are_never_cut(full: CaseFindings) -> None:
    assert "▆ 6.5" in shown(full)
    narrow = next(line for line in shown(full, 60).splitlines() if "check-in, mean ▆" in line)
    assert not any(sign.isdigit() for sign in narrow)


def test_every_sign_is_explained(full: CaseFindings) -> None:
    text = shown(full)
    for meaning in ("● taken up in the session", "▾ probable rupture: a drop in ratings, unreliable", "c cancelled"):
        assert meaning in " ".join(text.split())


def test_long_therapies_show_the_latest_sessions_and_say_so() -> None:
    assert "the latest 59 of 120 sessions" in shown(long_case(120), 80)


def test_a_terminal_without_unicode_gets_plain_signs(full: CaseFindings) -> None:
    buffer = io.BytesIO()
    out = io.TextIOWrapper(buffer, encoding="ascii", errors="strict")
    render_case(full, Console(file=out, width=80))
    out.flush()
    text = buffer.getvalue().decode("ascii")
    assert "@ taken up in the session" in text
    assert "\"It's okay." in text


def test_piped_output_has_no_colour_codes(full: CaseFindings) -> None:
    assert "\x1b" not in shown(full)


def test_a_case_of_which_hardly_anything_is_known_is_shown() -> None:
    text = shown(almost_empty_case())
    assert "There is nothing to draw yet." in text
    assert "Session 1 could not be read: notes.pdf is a format that is not known." in text


@settings(max_examples=25, deadline=None)
@given(cases())
def test_odd_cases_are_shown_without_control_characters(findings: CaseFindings) -> None:
    text = shown(findings, 80)
    assert "\x1b" not in text
    assert "\u202e" not in text
