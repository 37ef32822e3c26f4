"""Which transcript is which session."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from attunement.case.events import Listed
from attunement.case.numbering import date_in, number_in, placed


def order(*names: str, listed: tuple[Listed, ...] = ()) -> tuple[dict[int, str], tuple[str, ...]]:
    places, notes = placed([Path(name) for name in names], listed)
    return {place.number: place.path.name for place in places}, notes


def test_numbers_are_read_as_numbers_and_not_as_letters():
    found, notes = order("noor-10.txt", "noor-2.txt")
    assert found == {2: "noor-2.txt", 10: "noor-10.txt"}
    assert notes == ()


def test_dates_alone_give_the_order():
    found, _ = order("2026-03-02.vtt", "2026-01-12.vtt")
    assert found == {1: "2026-01-12.vtt", 2: "2026-03-02.vtt"}


def test_a_date_is_no_number():
    assert number_in("2026-03-02") is None
    assert number_in("session 4 2026-03-02") == 4
    assert date_in("noor_20260302_b") == date(2026, 3, 2)
    assert date_in("noor 2026-13-02") is None


def test_names_without_numbers_are_taken_in_their_order_and_that_is_said():
    found, notes = order("b.txt", "a.txt")
    assert found == {1: "a.txt", 2: "b.txt"}
    assert "order of their names" in notes[0]


def test_what_events_say_comes_before_what_names_say():
    found, notes = order("noor-1.txt", "noor-2.txt", listed=(Listed(7, "noor-1.txt", date(2026, 1, 2)),))
    assert found == {2: "noor-2.txt", 7: "noor-1.txt"}
    assert notes == ()


def test_a_transcript_that_is_listed_but_not_there_is_named():
    _, notes = order("noor-1.txt", listed=(Listed(3, "noor-9.txt", None),))
    assert notes == ("noor-9.txt: named in events.yaml as session 3, but there is no such transcript.",)


@given(st.lists(st.text(alphabet="ab0123456789-_ ", min_size=1, max_size=12), unique=True, max_size=8))
def test_every_transcript_is_placed_or_named(names):
    found, notes = order(*(f"{name}.txt" for name in names))
    left_out = [name for name in names if any(note.startswith(f"{name}.txt: left out") for note in notes)]
    assert len(found) + len(left_out) == len(names)
