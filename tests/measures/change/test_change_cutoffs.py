"""Clinical cut-offs and who crosses them, worked out by hand: clients' mean 20, standard deviation 10."""

from __future__ import annotations

from math import sqrt

import pytest
from invented_change import RELIABILITY, clients

from attunement.errors import InputError
from attunement.measures.change import Functional, clinical_cutoff, statistical

PEOPLE = {"functional_mean": 5, "functional_sd": 5}


@pytest.mark.parametrize(
    "kind, better, value",
    [("a", "lower", 0), ("b", "lower", 25), ("c", "lower", 10), ("a", "higher", 40), ("b", "higher", -15)],
)
def test_the_cutoff_is_what_the_formula_gives(kind, better, value):
    result = statistical(clients([1, 2, 3]), cutoff_type=kind, better=better, **PEOPLE)
    assert result.cutoff.to_dict("records") == [{"type": kind, "value": pytest.approx(value)}]


def test_c_needs_no_direction():
    lower, higher = (
        statistical(clients([1, 2, 3]), cutoff_type="c", better=way, **PEOPLE) for way in ("lower", "higher")
    )
    assert lower.cutoff.equals(higher.cutoff)


def test_who_crosses_is_improved_or_deteriorated_and_who_does_not_is_unchanged():
    # Cut-off b is 25: 30 to 20 crosses it, 10 to 26 the other way, 25 itself is on neither side.
    result = statistical(
        clients([26, 24, 20, 25], [10, 20, 30, 20]),
        cutoff_type="b",
        functional_mean=25 - 2 * sqrt(200 / 3),
        functional_sd=5,
    )
    assert result.cutoff["value"].iloc[0] == pytest.approx(25)
    assert result.augmented["category"].tolist()[:3] == ["Deteriorated", "Unchanged", "Improved"]
    assert result.augmented.columns.tolist() == [
        "id",
        "pre",
        "post",
        "change",
        "clinical_pre",
        "functional_post",
        "category",
    ]


def test_hageman_and_arrindell_take_the_spread_of_true_scores():
    def cutoff(**options):
        return (
            statistical(clients([14, 2, 20]), method="HA", reliability=RELIABILITY, **options).cutoff.iloc[0].tolist()
        )

    true_sd = 10 * sqrt(0.75)
    assert cutoff() == ["a_true", pytest.approx(20 - 2 * true_sd)]
    assert cutoff(cutoff_type="b", functional_mean=5, functional_sd=5) == ["b_true", pytest.approx(5 + 2 * true_sd)]
    # Both spreads are the same: half-way.
    assert cutoff(cutoff_type="c", functional_mean=5, functional_sd=10) == ["c_true", pytest.approx(12.5)]


def test_hageman_and_arrindell_ask_for_a_true_score_beyond_the_cutoff():
    # Mean after 12, variance 84, of which 59 are true; error 5.
    result = statistical(
        clients([14, 2, 20]), method="HA", reliability=RELIABILITY, cutoff_type="c", functional_mean=5, functional_sd=10
    )
    of_post = 59 / 84
    by_hand = [(12 + (score - 12) * of_post - 12.5) / (sqrt(of_post) * 5) for score in (14, 2, 20)]
    assert result.augmented["cs_indiv"].tolist() == pytest.approx(by_hand)
    assert result.augmented["clinical_pre"].tolist() == [False, True, True]
    assert result.augmented["category"].tolist() == ["Unchanged", "Improved", "Unchanged"]


@pytest.mark.parametrize("kind", ["b", "c"])
def test_a_cutoff_towards_people_without_the_trouble_needs_their_figures(kind):
    with pytest.raises(InputError, match=f"cut-off {kind} needs mean and standard deviation"):
        statistical(clients([1, 2, 3]), cutoff_type=kind, functional_mean=5)


@pytest.mark.parametrize("sd", [0, -1, float("nan")])
def test_a_spread_that_cannot_be_is_refused(sd):
    with pytest.raises(InputError, match="above 0"):
        statistical(clients([1, 2, 3]), cutoff_type="c", functional_mean=5, functional_sd=sd)


def test_true_scores_need_more_spread_than_error():
    with pytest.raises(InputError, match="scores after spread no more"):
        statistical(clients([5, 6, 7]), method="HA", reliability=RELIABILITY)


def test_other_methods_have_no_cutoff():
    with pytest.raises(InputError, match="JT or HA"):
        statistical(clients([1, 2, 3]), method="EN")


def test_an_unknown_kind_or_direction_is_refused():
    with pytest.raises(InputError, match="no cut-off d"):
        statistical(clients([1, 2, 3]), cutoff_type="d")
    with pytest.raises(InputError, match="lower or higher"):
        statistical(clients([1, 2, 3]), better="more")


def test_one_client_needs_published_figures_only():
    people = Functional(mean=5, sd=5)
    assert clinical_cutoff("c", mean_clinical=20, sd_clinical=10, functional=people, better="lower") == pytest.approx(
        10
    )
    with pytest.raises(InputError, match="cut-off b needs"):
        clinical_cutoff("b", mean_clinical=20, sd_clinical=10, functional=None, better="lower")
