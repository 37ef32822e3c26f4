"""Combined categories, percentages, anchors; how often each occurred, and in which group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_change import clients, grouped

from attunement.errors import InputError
from attunement.measures.change import anchor, combined, distribution, percentage
from attunement.measures.change.categories import FIVE, rounded

# Error 5, so that a reliable change is 13.86 points; with these people the cut-off c is 15.
CUT_AT_15 = {"cutoff_type": "c", "functional_mean": 10, "functional_sd": 10}


def test_the_five_combined_categories():
    # The spread before is 11.6, so that a reliable change is 16.07 points.
    pre, post = [30, 33, 20, 10, 7], [10, 16, 40, 27, 8]
    result = combined(clients(post, pre), reliability=0.75, cutoff_type="b", functional_mean=-8, functional_sd=5)
    assert result.cutoff["value"].iloc[0] == pytest.approx(15, abs=0.5)
    assert result.augmented["category"].tolist() == ["Recovered", "Improved", "Deteriorated", "Harmed", "Unchanged"]
    # Already beyond the cut-off at the start: worse, but there was nothing to fall from.
    higher = combined(clients([25, 5, 20], [40, 20, 30]), reliability=0.75, **CUT_AT_15, better="higher")
    assert higher.augmented["category"].tolist() == ["Deteriorated", "Harmed", "Unchanged"]


def test_a_client_beyond_the_cutoff_at_the_start_cannot_recover():
    result = combined(clients([0, 20, 30], [14.5, 20, 30]), reliability=0.75, **CUT_AT_15)
    assert result.augmented["category"].iloc[0] == "Improved"


def test_combined_with_an_important_difference_in_place_of_an_index():
    result = combined(clients([12, 20, 36]), mid_improvement=10, mid_deterioration=6, **CUT_AT_15)
    assert result.augmented["category"].tolist() == ["Unchanged", "Unchanged", "Deteriorated"]
    assert "rci" not in result.augmented
    assert result.method is None


def test_hageman_and_arrindell_estimate_the_shares_of_the_group():
    result = combined(clients([14, 2, 20]), method="HA", reliability=0.75, **CUT_AT_15)
    shares = result.group_level.set_index("category")["percent"]
    # Mean change -8, its variance 124, of which 74 are true: 8/√74 = 0.93 standard deviations below none.
    assert shares["Changed"] == pytest.approx(0.8238, abs=1e-4)
    # Mean after 12, true variance 59, cut-off 15.
    assert shares["Functional"] == pytest.approx(0.6519, abs=1e-4)


def test_percentages_are_of_the_score_before():
    result = percentage(clients([5, 21, 45]), improvement=0.5)
    assert result.augmented["pct_change"].tolist() == [-0.5, 0.05, 0.5]
    assert result.augmented["category"].tolist() == ["Improved", "Unchanged", "Deteriorated"]


def test_getting_worse_can_have_its_own_threshold():
    assert (
        percentage(clients([10, 22, 30]), improvement=0.5, deterioration=0.1).augmented["category"].tolist()[1]
        == "Deteriorated"
    )
    assert (
        anchor(clients([10, 22, 30]), improvement=8, deterioration=2).augmented["category"].tolist()[1]
        == "Deteriorated"
    )


def test_a_percentage_of_nothing_is_said_to_have_no_meaning():
    result = percentage(clients([3, 0, 20], [0, 0, 20]), improvement=0.5)
    assert np.isinf(result.augmented["pct_change"].iloc[0])
    assert np.isnan(result.augmented["pct_change"].iloc[1])
    assert result.augmented["category"].tolist()[1] == "Unchanged"
    assert result.notes[0].startswith("2 clients scored 0 before")


def test_an_important_difference_counts_when_it_is_just_reached():
    assert anchor(clients([2, 13, 38]), improvement=8).augmented["category"].tolist() == [
        "Improved",
        "Unchanged",
        "Deteriorated",
    ]


@pytest.mark.parametrize("share", [-0.1, 1.5, 50])
def test_a_percentage_that_is_no_share_is_refused(share):
    with pytest.raises(InputError, match="from 0 to 1"):
        percentage(clients([1, 2, 3]), improvement=share)


def test_a_negative_important_difference_is_refused():
    with pytest.raises(InputError, match="from 0 up"):
        anchor(clients([1, 2, 3]), improvement=-8)


def test_groups_are_counted_in_the_order_of_the_table():
    result = anchor(grouped([10, 20, 30, 40], [0, 20, 30, 20], ["waiting", "seen", "waiting", "seen"]), improvement=8)
    assert result.summary.to_dict("list") == {
        "group": ["waiting"] * 3 + ["seen"] * 3,
        "category": ["Improved", "Unchanged", "Deteriorated"] * 2,
        "n": [1, 1, 0, 1, 1, 0],
        "percent": [0.25, 0.25, 0.0, 0.25, 0.25, 0.0],
        "percent_by_group": [0.5, 0.5, 0.0, 0.5, 0.5, 0.0],
    }
    assert result.augmented.columns.tolist()[:2] == ["id", "group"]


pairs = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=25)


@settings(deadline=None)
@given(pairs, st.sampled_from(["lower", "higher"]))
def test_every_client_has_exactly_one_category_and_all_are_counted(scores, better):
    pre, post = zip(*scores, strict=True)
    try:
        result = combined(clients(post, pre), reliability=0.8, cutoff_type="a", better=better)
    except InputError:
        return  # no spread
    flags = result.augmented[[name.casefold() for name in FIVE]]
    assert (flags.sum(axis=1) == 1).all()
    assert result.summary["n"].sum() == len(scores)


@settings(deadline=None)
@given(pairs, st.integers(0, 20))
def test_exchanging_before_and_after_exchanges_better_and_worse(scores, difference):
    pre, post = zip(*scores, strict=True)
    there = anchor(clients(post, pre), improvement=difference + 1).summary["n"].tolist()
    back = anchor(clients(pre, post), improvement=difference + 1).summary["n"].tolist()
    assert back == there[::-1]


@settings(deadline=None)
@given(pairs)
def test_less_reliability_never_makes_more_reliable_changes(scores):
    pre, post = zip(*scores, strict=True)
    try:
        good, poor = (distribution(clients(post, pre), reliability=value).summary["n"][1] for value in (0.9, 0.6))
    except InputError:
        return
    assert poor >= good


# What R 4 prints for round(n / N, 4), where the usual ways of rounding differ from it.
@pytest.mark.parametrize(
    "n, of, share", [(1, 160, 0.0063), (1, 32, 0.0312), (3, 32, 0.0938), (3, 26, 0.1154), (2, 3, 0.6667)]
)
def test_shares_are_rounded_as_r_rounds(n, of, share):
    assert rounded(np.array([n / of])).tolist() == [share]
