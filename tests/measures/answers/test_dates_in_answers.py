"""Dates: ISO at best; a day-first or month-first file must show which it is."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.measures.answers.dates import AMBIGUOUS, IMPOSSIBLE, UNREADABLE, DateReader

DAY = date(2026, 4, 3)


@pytest.mark.parametrize(
    "cell",
    ["2026-04-03", "2026/4/3", "2026-04-03T10:15:00Z", "2026-04-03 10:15", "03.04.2026", DAY, datetime(2026, 4, 3, 9)],
)
def test_what_can_be_read_one_way_only_is_read(cell):
    assert DateReader.of([cell]).read(cell) == DAY


def test_one_date_that_decides_decides_for_the_file():
    assert DateReader.of(["03/04/2026", "13/04/2026"]).read("03/04/2026") == DAY
    assert DateReader.of(["03/04/2026", "04/13/2026"]).read("03/04/2026") == date(2026, 3, 4)
    assert DateReader.of(["03-04-2026", "13-04-2026"]).read("03-04-2026") == DAY


def test_nothing_is_guessed_where_nothing_or_everything_decides():
    assert DateReader.of(["03/04/2026", "05/06/2026"]).read("03/04/2026") == AMBIGUOUS
    contradictory = DateReader.of(["03/04/2026", "13/04/2026", "04/13/2026"])
    assert contradictory.read("03/04/2026") == AMBIGUOUS
    assert contradictory.read("13/04/2026") == date(2026, 4, 13)
    assert contradictory.read("04/13/2026") == date(2026, 4, 13)


def test_the_same_number_twice_is_not_ambiguous():
    assert DateReader(None).read("04/04/2026") == date(2026, 4, 4)


@pytest.mark.parametrize(
    "cell, reason",
    [
        ("soon", UNREADABLE),
        ("03/04/26", UNREADABLE),
        (46115, UNREADABLE),
        ("2026-13-01", IMPOSSIBLE),
        ("30.02.2026", IMPOSSIBLE),
        ("0026-01-01", "the year must lie between 1900 and 2100"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(cell, reason):
    assert DateReader(None).read(cell) == reason


@settings(deadline=None)
@given(st.lists(st.dates(date(1900, 1, 1), date(2100, 12, 31)), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_date_in_one_order_throughout_is_read_right_or_not_at_all(days, order):
    cells = [day.strftime(order) if day.year > 999 else day for day in days]
    reader = DateReader.of(cells)
    assert all(reader.read(cell) in (day, AMBIGUOUS) for cell, day in zip(cells, days, strict=True))


@settings(deadline=None)
@given(st.one_of(st.text(max_size=20), st.from_regex(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*", fullmatch=True)))
def test_any_text_is_a_date_or_a_reason(text):
    found = DateReader.of([text]).read(text)
    assert isinstance(found, date | str)
