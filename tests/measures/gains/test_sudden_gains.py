"""What counts as a sudden gain, what as a loss, and when one cannot tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attunement.errors import InputError
from attunement.measures.gains import Criteria, gains_of_one, sudden_gains, sudden_losses

STEP = [32, 31, 33, 5, 6, 7]  # the example of the package's check_interval
NAMES = [f"s{number}" for number in range(1, 7)]

scores = st.one_of(st.integers(0, 63).map(float), st.just(float("nan")))
tables = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(4, 12)), elements=scores)
cutoffs = st.one_of(st.none(), st.integers(0, 20).map(float))


def same(one, other):
    return np.array_equal(one.met, other.met) and np.array_equal(one.known, other.known)


def test_a_large_and_stable_step_is_a_gain():
    (gain,) = gains_of_one(STEP, cutoff=7)
    assert (gain.after_session, gain.before, gain.after, gain.magnitude) == (3, 33, 5, 28)
    assert gain.share == pytest.approx(28 / 25)
    assert gain.reversed is False


def test_a_step_that_a_wobble_could_explain_is_none():
    assert gains_of_one([30, 15, 30, 18, 30, 15], cutoff=7) == []


def test_losing_half_of_it_again_reverses_a_gain():
    assert gains_of_one([*STEP, 19], cutoff=7)[0].reversed is False
    assert gains_of_one([*STEP, 20], cutoff=7)[0].reversed is True


def test_whether_it_reversed_is_unknown_without_a_later_score():
    (gain,) = sudden_gains([[32, 31, 33, 5, np.nan]], cutoff=7, criterion_3=False).of(0)
    assert gain.reversed is None


def test_the_share_is_unknown_without_the_last_score():
    assert gains_of_one([*STEP, None], cutoff=7)[0].share is None


def test_too_few_sessions_give_no_gains():
    assert gains_of_one([30, 10, 10], cutoff=7) == []


def test_a_baseline_before_the_first_session_changes_the_numbering_only():
    (gain,) = gains_of_one(STEP, cutoff=7)
    (with_baseline,) = gains_of_one(STEP, cutoff=7, from_first=True)
    assert with_baseline.after_session == gain.after_session - 1
    assert with_baseline.magnitude == gain.magnitude


def test_where_high_scores_are_better_a_gain_is_a_rise():
    rising = [10, 11, 9, 30, 31, 32]
    (gain,) = gains_of_one(rising, cutoff=7, better="higher")
    assert (gain.before, gain.after, gain.magnitude) == (9, 30, 21)
    assert gain.share == pytest.approx(21 / 22)
    assert gains_of_one(rising, cutoff=7) == []


# What check_interval of the package prints: two-tailed t for 4, 4, 2 and 3 degrees of freedom.
@pytest.mark.parametrize(
    "before, after, alpha, limit",
    [
        ([32, 31, 33], [5, 6, 7], 0.05, 2.776),
        ([32, 31, 33], [5, 6, 7], 0.01, 4.604),
        ([None, 31, 33], [5, None, 7], 0.01, 9.925),
        ([16, 12, 14], [5, None, 7], 0.05, 3.182),
    ],
)
def test_the_critical_value_rises_with_missing_scores(before, after, alpha, limit):
    row = np.array([before + after], dtype=float)
    pooled = np.sqrt(
        sum((np.isfinite(half).sum() - 1) * np.nanvar(half, ddof=1) for half in (row[0, :3], row[0, 3:]))
        / (np.isfinite(row).sum() - 2)
    )
    difference = np.nanmean(row[0, :3]) - np.nanmean(row[0, 3:])
    stretched = np.where(np.arange(6) < 3, row - difference, row)  # means now equal
    for factor, is_met in ((limit - 0.001, False), (limit + 0.001, True)):
        moved = np.where(np.arange(6) < 3, stretched + factor * pooled, stretched)
        found = sudden_gains(moved, cutoff=None, percent=None, alpha=alpha)
        assert found.criterion_3.known[0, 1]
        assert found.criterion_3.met[0, 1] == is_met


def test_without_adjustment_one_critical_value_serves_all():
    row = [[20, 22, np.nan, np.nan, 12, 14]]  # 8 points apart, standard deviation 1.41: 5.66 of them
    for value, is_met in ((5.6, True), (5.7, False)):
        found = sudden_gains(row, cutoff=None, percent=None, adjust=False, critical_value=value)
        assert found.criterion_3.met[0, 1] == is_met


def test_a_criterion_that_is_switched_off_is_unknown_and_does_not_count():
    found = sudden_gains([STEP], cutoff=None)
    assert not found.criterion_1.known.any()
    assert len(found) == 1


def test_a_missing_score_on_either_side_of_an_interval_leaves_it_unknown():
    found = sudden_gains([[32, 31, np.nan, 5, 6, 7]], cutoff=7)
    assert found.all_met.known.tolist() == [[False, False, True]]
    assert found.clients_judged == 1


def test_a_loss_meets_the_second_criterion_whatever_its_size():
    found = sudden_losses([[10, 10, 10, 11, 10, 10]], cutoff=7)
    assert found.criterion_2.met.all()
    assert not found.criterion_1.met.any()


@given(tables, cutoffs, st.booleans())
def test_the_losses_of_a_series_are_the_gains_of_its_mirror_image(values, cutoff, adjust):
    losses = sudden_losses(values, cutoff=cutoff, adjust=adjust)
    gains = sudden_gains(-values, cutoff=cutoff, adjust=adjust)
    for name in ("criterion_1", "criterion_2", "criterion_3", "all_met", "reversed"):
        assert same(getattr(losses, name), getattr(gains, name)), name
    assert losses.session.tolist() == gains.session.tolist()


@given(tables, st.integers(0, 20), st.integers(0, 20))
def test_a_higher_cutoff_never_finds_more(values, one, other):
    low, high = sorted((one, other))
    assert not (sudden_gains(values, cutoff=high).all_met.met & ~sudden_gains(values, cutoff=low).all_met.met).any()


@given(tables, cutoffs)
def test_what_is_unknown_is_exactly_what_scores_are_missing_for(values, cutoff):
    found = sudden_gains(values, cutoff=cutoff)
    there = ~np.isnan(values)
    for column in range(found.all_met.known.shape[1]):
        pair = there[:, column + 1] & there[:, column + 2]
        before = there[:, max(0, column - 1) : column + 2].sum(axis=1)
        after = there[:, column + 2 : column + 5].sum(axis=1)
        assert found.all_met.known[:, column].tolist() == (pair & (before >= 2) & (after >= 2)).tolist()


@given(tables, st.integers(-20, 20))
def test_moving_a_whole_series_changes_neither_size_nor_stability(values, by):
    one, other = (sudden_gains(values + shift, cutoff=7, percent=None) for shift in (0, by))
    assert same(one.all_met, other.all_met)
    assert one.magnitude.tolist() == other.magnitude.tolist()


@given(tables)
def test_a_client_is_judged_alone(values):
    together = sudden_gains(values, cutoff=7)
    for row, of_one in enumerate(values):
        assert together.of(row) == sudden_gains([of_one], cutoff=7).of(0)


@given(tables)
def test_every_gain_is_as_large_as_asked(values):
    found = sudden_gains(values, cutoff=7)
    assert (found.magnitude >= 7).all()
    assert (found.magnitude >= 0.25 * found.values[found.client, found.column]).all()


@pytest.mark.parametrize(
    "options, said",
    [
        ({"cutoff": -7}, "cut-off"),
        ({"cutoff": None, "percent": None, "criterion_3": False}, "at least one"),
        ({"cutoff": 7, "percent": 25}, ".25"),
        ({"cutoff": 7, "alpha": 1}, "Alpha"),
        ({"cutoff": 7, "critical_value": -1}, "critical value"),
    ],
)
def test_options_out_of_range_are_refused(options, said):
    with pytest.raises(InputError, match=said):
        Criteria(**options)


@pytest.mark.parametrize("values", [[[1, 2, 3]], [1, 2, 3, 4], [["a", 2, 3, 4]], [[np.inf, 2, 3, 4]]])
def test_what_is_no_table_of_scores_is_refused(values):
    with pytest.raises(InputError):
        sudden_gains(values, cutoff=7)


def as_data(rows):
    data = pd.DataFrame(rows, columns=NAMES, dtype=float)
    data.insert(0, "who", [f"c{number}" for number in range(len(rows))])
    return data


def test_tables_without_a_gain_have_their_columns_all_the_same():
    data = as_data([[20] * 6, [21] * 6])
    found = sudden_gains(data[NAMES], cutoff=7)
    table = found.by_gain(data, names=NAMES, measure="x", id_name="who")
    assert len(table) == 0
    assert "sg_x_n1" in table
    persons = found.by_person(data, names=NAMES, measure="x", id_name="who")
    assert persons["sg_crit123"].tolist() == [0, 0]


def test_start_and_end_may_be_other_columns():
    data = as_data([STEP]).assign(intake=40.0, after=10.0)
    found = sudden_gains(data[NAMES], cutoff=7)
    table = found.by_gain(data, names=NAMES, measure="x", id_name="who", start="intake", end="after")
    assert list(table.columns[5:13]) == ["intake", *NAMES, "after"]
    assert table["sg_x_tx_change"].tolist() == [30]


def test_a_share_of_no_change_at_all_is_missing():
    data = as_data([[32, 31, 33, 5, 6, 32]])
    table = sudden_gains(data[NAMES], cutoff=7, criterion_3=False).by_gain(
        data, names=NAMES, measure="x", id_name="who"
    )
    assert table["sg_change_proportion"].isna().all()


def test_an_unknown_selection_is_refused():
    data = as_data([STEP])
    with pytest.raises(InputError, match="smallest"):
        sudden_gains(data[NAMES], cutoff=7).by_person(data, names=NAMES, measure="x", id_name="who", select="best")
