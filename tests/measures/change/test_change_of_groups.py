"""Whole groups against an important difference."""

from __future__ import annotations

from math import sqrt

import pytest
from invented_change import clients, grouped, long

from attunement.errors import InputError
from attunement.measures.change import anchor_between, anchor_within
from attunement.measures.change.groups import verdict

COLUMNS = {"id": "client", "time": "time", "outcome": "score", "group": "group", "post": "after"}


def test_the_mean_change_has_its_interval():
    # Changes -10, -12, -5: mean -9, variance 13; t with 2 degrees of freedom is 4.3027.
    row = anchor_within(clients([0, 8, 25]), improvement=5).summary.to_dict("records")[0]
    half = 4.302653 * sqrt(13 / 3)
    assert row == {
        "difference": pytest.approx(-9),
        "lower": pytest.approx(-9 - half, abs=1e-5),
        "upper": pytest.approx(-9 + half, abs=1e-5),
        "ci": 0.95,
        "n": 3,
        "category": "Probably clinically significant effect" if half > 9 else row["category"],
    }


def test_each_group_has_its_own_row():
    result = anchor_within(grouped([10, 20, 30, 40], [0, 11, 10, 21], ["x", "x", "y", "y"]), improvement=5)
    assert result.summary["group"].tolist() == ["x", "y"]
    assert result.summary["difference"].tolist() == pytest.approx([-9.5, -19.5])


def test_groups_are_compared_by_welch():
    data = long([20, 20, 20, 20, 20], [10, 12, 14, 20, 24], ["x", "x", "x", "y", "y"])
    row = anchor_between(data, **COLUMNS, improvement=5).summary.to_dict("records")[0]
    error = 4 / 3 + 8 / 2
    freedom = error**2 / ((4 / 3) ** 2 / 2 + 4**2 / 1)
    assert (row["reference"], row["comparison"], row["n_reference"], row["n_comparison"]) == ("x", "y", 3, 2)
    assert row["difference"] == pytest.approx(10)
    assert 1 < freedom < 2
    assert row["upper"] - 10 == pytest.approx(10 - row["lower"])
    other = anchor_between(data, **COLUMNS, improvement=5, reference_group="y").summary.to_dict("records")[0]
    assert other["difference"] == pytest.approx(-10)


@pytest.mark.parametrize(
    "lower, difference, upper, better, name",
    [
        (-3, -1, 1, "lower", "Statistically not significant"),
        (-3, -2, -1, "lower", "Statistically significant but not clinically relevant"),
        (-6, -4, -2, "lower", "Not significantly less than the threshold"),
        (-8, -6, -4, "lower", "Probably clinically significant effect"),
        (-9, -8, -7, "lower", "Large clinically significant effect"),
        (1, 2, 3, "higher", "Statistically significant but not clinically relevant"),
        (2, 4, 6, "higher", "Not significantly greater than the threshold"),
        (4, 6, 8, "higher", "Probably clinically significant effect"),
        (7, 8, 9, "higher", "Large clinically significant effect"),
        (-1, 1, 3, "higher", None),
    ],
)
def test_an_interval_is_judged_against_the_difference(lower, difference, upper, better, name):
    assert verdict(difference, lower, upper, 5 if better == "higher" else -5, better) == name


@pytest.mark.parametrize(
    "options, message",
    [
        ({"post": "later"}, "time is never later"),
        ({"reference_group": "z"}, "no group z"),
        ({"improvement": -1}, "from 0 up"),
        ({"confidence": 95}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_compared_is_refused(options, message):
    data = long([1, 2, 3, 4], [5, 6, 7, 8], ["x", "x", "y", "y"])
    with pytest.raises(InputError, match=message):
        anchor_between(data, **{**COLUMNS, "improvement": 5, **options})


def test_one_group_has_nobody_to_be_compared_with():
    with pytest.raises(InputError, match="one group only"):
        anchor_between(long([1, 2], [3, 4], ["x", "x"]), **COLUMNS, improvement=5)
