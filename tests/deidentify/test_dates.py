from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.deidentify.dates import HOLIDAY, SOME_DATE, in_dates, in_whole_dates
from attunement.deidentify.found import replaced, settled

SPOKEN_ON = date(2022, 3, 8)


def moved(text: str, days: int = -70, spoken_on: date | None = SPOKEN_ON) -> str:
    found = settled([*in_whole_dates(text, days), *in_dates(text, days, spoken_on)])
    return replaced(text, [(each, each.instead or "") for each in found])


@pytest.mark.parametrize(
    "text, after",
    [
        ("on 2020-05-06.", "on 2020-02-26."),
        ("on 03/04/2020.", "on 24/1/2020."),
        ("the 14th of May 2019", "the 5th of March 2019"),
        ("March 3rd, 2021", "December 23rd, 2020"),
        ("March the fourteenth", "January the 3rd"),
        ("in June and in May", "in April and in March"),
        ("since '94, in ninety-two", "since 1994, in 1992"),
        ("nineteen eighty-four", "1984"),
        ("in 2009.", "in 2009."),
        ("By the twenty-second we'll know.", "By the 14th we'll know."),
        ("at Christmas, before Eid", f"at {HOLIDAY}, before {HOLIDAY}"),
        ("my sister June and Aunt April", "my sister June and Aunt April"),
        ("May I? I may. March on!", "May I? I may. March on!"),
        ("the second one, the third time", "the second one, the third time"),
    ],
)
def test_a_date_moves_and_stays_as_exact_as_it_was(text: str, after: str) -> None:
    assert moved(text) == after


def test_a_day_of_an_unknown_month_is_taken_out() -> None:
    assert moved("on the 22nd.", spoken_on=None) == f"on the {SOME_DATE}."


def test_an_impossible_date_is_taken_out() -> None:
    assert moved("on 2020-02-31.") == f"on {SOME_DATE}."


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(-364, 364), st.integers(0, 300))
def test_distances_stay(day: date, days: int, between: int) -> None:
    later = day + timedelta(days=between)
    first, second = (date.fromisoformat(moved(each.isoformat(), days)) for each in (day, later))
    assert (second - first).days == between
