"""What-if: one client, one luck, two ways; the same until they part, and told as a story."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

pytest.importorskip("jax")

from strained import STRAINED

from attunement.dyad.parameters import parameters
from attunement.dyad.what_if import LET_PASS, TAKEN_UP, begins_with_rupture, what_if
from attunement.errors import InputError
from attunement.reports.dyad import render_what_if, what_if_html

SMALL = {"sessions": 6, "exchanges": 12, "parameters": parameters(**STRAINED), "seed": 2}


@pytest.fixture(scope="module")
def found():
    return what_if(session=3, **SMALL)


def test_until_the_session_both_courses_are_the_same(found):
    one, other = found.courses[TAKEN_UP], found.courses[LET_PASS]
    before = slice(0, found.session - 1)
    assert np.array_equal(one.state.safety[before], other.state.safety[before])
    assert np.array_equal(one.reports.rating[before], other.reports.rating[before])


def test_a_rupture_is_open_as_the_session_begins_and_is_met_in_two_ways(found):
    for courses in found.courses.values():
        assert begins_with_rupture(courses)[found.session - 1, 0]
    assert found.courses[TAKEN_UP].counts.noticed[found.session - 1, 0] > 0
    assert found.courses[LET_PASS].counts.noticed[found.session - 1, 0] == 0
    assert found.everyone[TAKEN_UP].repaired > found.everyone[LET_PASS].repaired == 0
    assert found.everyone[TAKEN_UP].clients == found.everyone[LET_PASS].clients > 1


@pytest.mark.parametrize("width", [50, 80, 120])
def test_it_is_told_as_a_story_on_any_screen(found, width):
    console = Console(file=StringIO(), width=width, color_system=None)
    with console.capture() as captured:
        render_what_if(found, console)
    told = " ".join(captured.get().split())
    assert "A model's story about a made-up client" in told
    assert "nan" not in told.casefold().replace("tenant", "")
    assert max(map(len, captured.get().splitlines())) <= width


def test_the_page_fetches_nothing_and_says_what_it_is(found):
    page = what_if_html(found)
    assert "forecasts nothing for any person" in page
    assert "<script" not in page
    assert page.count("<svg") == 1
    assert "http" not in page.replace("http://www.w3.org/", "")


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"client": 0}, "numbered from 1"),
        ({"session": 1}, "between 2 and 6"),
        ({"session": 7}, "between 2 and 6"),
        ({"sessions": 1}, "at least two sessions"),
        ({"policies": {}}, "two ways"),
    ],
)
def test_what_cannot_be_told_is_refused(wrong, said):
    with pytest.raises(InputError, match=said):
        what_if(**{**SMALL, **wrong})
