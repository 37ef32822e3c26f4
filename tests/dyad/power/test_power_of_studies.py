"""Power by simulation: more clients find more, nothing where nothing is, and impossible studies are refused."""

from __future__ import annotations

import json
from io import StringIO

import numpy as np
import pytest
from rich.console import Console

pytest.importorskip("jax")

from strained import STRAINED, within_range

from attunement.dyad.power.question import question
from attunement.dyad.power.result import share
from attunement.errors import InputError
from attunement.reports.dyad import power_svg, render_power
from attunement.reports.dyad.power_words import answer, difference
from attunement.simulating import power as verb

FAST = {"sessions": 6, "exchanges": 12, "studies": 40}
STRONG = STRAINED | within_range(training_repair=2.0)


@pytest.fixture(scope="module")
def found():
    return verb(
        "training", "open-rupture", therapists=(60, 4), clients_each=(12, 4), wanted=0.5, parameters=STRONG, **FAST
    )


def test_designs_come_in_order_and_more_clients_find_more(found):
    cells = found.result.cells
    assert [(cell.therapists, cell.clients_each) for cell in cells] == [(4, 4), (4, 12), (60, 4), (60, 12)]
    assert cells[-1].power.value > 0.5
    assert cells[0].power.value < cells[-1].power.value


def test_without_an_effect_little_is_found(found):
    assert found.result.holds_size


def test_the_smallest_size_that_is_enough_is_named(found):
    smallest = found.result.smallest
    assert smallest.power.value >= 0.5
    assert f"{smallest.therapists} therapists" in answer(found.result)


def test_the_textbook_is_near_where_there_are_many_therapists(found):
    last = found.result.cells[-1]
    assert last.textbook == pytest.approx(last.power.value, abs=0.2)
    assert len(difference(found.result)) == 2


def test_the_table_and_the_json_have_no_nan(found):
    text = found.to_json()
    assert json.loads(text)["designs"][0]["therapists"] == 4
    assert "NaN" not in text
    assert not found.table.isna().any().any()


def test_it_prints_shows_and_draws_itself(found):
    assert "open-rupture" in str(found)
    assert found._repr_html_().startswith("<svg")
    assert "12 each" in power_svg(found.result)
    assert found.to_png()[:4] == b"\x89PNG"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_fits_narrow_and_plain_terminals(found, width):
    console = Console(file=StringIO(), width=width, color_system=None)
    with console.capture() as captured:
        render_power(found.result, console)
    assert max(map(len, captured.get().splitlines())) <= width


def test_a_correlation_needs_no_arms():
    result = verb("empathy", therapists=(6,), clients_each=(6,), **FAST).result
    assert result.question.randomised is None
    assert result.ingredients.name == "r"
    assert 0 <= result.cells[0].power.value <= 1
    assert abs(result.ingredients.within) < 1


def test_the_same_seed_gives_the_same_power():
    sizes = {"therapists": (4,), "clients_each": (4,)}
    one, other = (verb("training", **sizes, **FAST, seed=5) for _ in range(2))
    assert one.result.cells == other.result.cells


def test_a_share_has_the_interval_of_wilson():
    assert (share(0, 40).value, share(0, 40).low) == (0, 0)
    assert share(32, 40).low == pytest.approx(0.652, abs=0.001)
    assert share(40, 40).high == pytest.approx(1.0)


def test_where_training_is_tried_therapists_are_randomised():
    assert question("training", "distress").randomised == "therapists"
    assert question("feedback", "distress").randomised == "clients"
    assert question("alliance", "distress").randomised is None


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"therapists": (1,)}, "one therapist cannot tell"),
        ({"therapists": (2,)}, "at least 4 therapists"),
        ({"therapists": (0,)}, "at least 4 therapists"),
        ({"therapists": ()}, "at least one number"),
        ({"clients_each": (0,)}, "at least 1 client,"),
        ({"effect": "feedback", "clients_each": (1,)}, "at least 2 clients"),
        ({"effect": "trianing"}, "no effect"),
        ({"effect": "usual"}, "no effect"),
        ({"outcome": "happiness"}, "no outcome"),
        ({"randomised": "clients"}, "Training changes the therapist"),
        ({"effect": "alliance", "randomised": "clients"}, "Nothing is randomised"),
        ({"effect": "alliance", "outcome": "alliance"}, "not against alliance"),
        ({"studies": 3}, "at least 20"),
        ({"studies": 100_000}, "try smaller designs"),
        ({"level": 0.0}, "between 0 and 1"),
        ({"wanted": float("nan")}, "between 0 and 1"),
        ({"seed": -1}, "whole number"),
        ({"sessions": 0}, "at least one session"),
        ({"parameters": {"training_repair": -1.0}}, "lies between"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(wrong, said):
    with pytest.raises(InputError, match=said):
        verb(**{"effect": "training", **wrong})


def test_an_outcome_that_is_the_same_for_all_is_said_to_be():
    never = within_range(leave_base=-99.0, leave_strain=0.0, leave_safety=0.0, leave_confronted=0.0)
    result = verb("training", "drop-out", therapists=(4,), clients_each=(4,), parameters=never, **FAST)
    assert np.isfinite(result.result.cells[0].power.value)
    assert "Power: training on drop-out" in str(result)
