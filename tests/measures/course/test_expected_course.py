"""One client beside the reference: predictions, bands, judgements."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_sample import TRUTH, drawn

from attunement.errors import InputError
from attunement.measures.course import MADE_UP, bundled_reference, expected_course

SCALED = dataclasses.replace(TRUTH, lowest=0.0, highest=100.0, name="scaled")
SCORES = st.lists(st.one_of(st.none(), st.integers(0, 63)), max_size=14)
AGAINST = st.sampled_from(["intake", "sessions before"])


def test_the_first_prediction_is_the_regression_on_the_intake_score():
    course = expected_course([60, 50], TRUTH)
    log2 = np.log(2)
    covariance = 100 - 12 * log2
    expected = 40 - 6 * log2 + covariance / 116 * (60 - 40)
    variance = 100 - 24 * log2 + 16 * log2**2 + 16 - covariance**2 / 116
    judged = course.sessions[1]
    assert judged.prediction.predicted == pytest.approx(expected)
    assert judged.limit == pytest.approx(expected + 1.2815515655 * np.sqrt(variance))
    assert judged.prediction.upper == pytest.approx(judged.limit)


def test_the_forecast_is_the_empirical_bayes_line_of_statsmodels():
    from made_up_sample import as_rows
    from statsmodels.regression.mixed_linear_model import MixedLM

    from attunement.measures.course import fit_reference

    scores = drawn(60, 3, 6)
    rows = as_rows(scores)
    columns = np.column_stack([np.ones(len(rows)), np.log1p(rows["session"])])
    found = MixedLM(rows["score"].to_numpy(), columns, groups=rows["id"], exog_re=columns).fit()
    line = found.fe_params + found.random_effects[0].to_numpy()
    reference = dataclasses.replace(fit_reference(rows), last_session=9, uncertainty=((0, 0), (0, 0)))
    forecast = expected_course(scores[0], reference).forecast
    assert [each.session for each in forecast] == [6, 7, 8, 9]
    assert forecast[0].predicted == pytest.approx(line[0] + line[1] * np.log(7), abs=0.01)


@pytest.mark.parametrize("against", ["intake", "sessions before"])
@pytest.mark.parametrize("rate", [0.05, 0.2])
def test_the_bands_cover_and_the_false_alarm_rate_is_kept(against, rate):
    courses = [expected_course(row, TRUTH, false_alarm_rate=rate, against=against) for row in drawn(300, 11, 8)]
    judged = [each for course in courses for each in course.sessions[1:]]
    inside = np.mean([each.prediction.lower <= each.score <= each.prediction.upper for each in judged])
    alarms = np.mean([each.judgement == "not on track" for each in judged])
    assert inside == pytest.approx(1 - 2 * rate, abs=0.035)
    assert alarms == pytest.approx(rate, abs=0.03)


def test_a_level_of_one_s_own_widens_the_band_and_leaves_the_judgement():
    here, there = expected_course([40, 38, 50], TRUTH), expected_course([40, 38, 50], TRUTH, level=0.99)
    assert there.sessions[2].prediction.upper > here.sessions[2].prediction.upper
    assert (there.sessions[2].limit, there.judgement) == (here.sessions[2].limit, here.judgement)


def test_a_worsening_client_is_not_on_track_and_the_sentence_says_so():
    course = expected_course([40, 41, 46, 52, 60], TRUTH)
    assert (course.judgement, course.first_alarm) == ("not on track", 2)
    assert "Session 4: 60, where" in course.sentence
    assert "Not on track" in course.sentence


def test_a_client_who_does_better_than_expected_is_on_track():
    course = expected_course([40, 30, 20, 10, 5], TRUTH)
    assert (course.judgement, course.first_alarm) == ("on track", None)


@given(SCORES, AGAINST)
def test_later_scores_do_not_change_earlier_judgements(scores, against):
    whole = expected_course(scores, TRUTH, against=against).sessions
    for end in range(len(scores)):
        assert expected_course(scores[:end], TRUTH, against=against).sessions == whole[:end]


@given(SCORES, AGAINST)
def test_every_session_is_judged_or_says_why_not(scores, against):
    course = expected_course(scores, TRUTH, against=against)
    assert len(course.sessions) == len(scores)
    for score, judged in zip(scores, course.sessions, strict=True):
        assert (judged.judgement is None) == (judged.reason is not None)
        assert judged.score == score
        assert score is not None or judged.judgement is None
    assert course.sentence


@given(SCORES, AGAINST, st.booleans(), st.sampled_from([0.5, 2.0, 10.0]), st.integers(-50, 50))
def test_neither_zero_unit_nor_direction_of_the_scale_matter(scores, against, is_turned, scale, shift):
    times = -scale if is_turned else scale
    ends = sorted((shift, shift + 100 * times))
    other = SCALED.scaled_to(*ends, better="higher" if is_turned else "lower", instrument=None)
    moved = [None if score is None else shift + times * score for score in scores]
    here, there = expected_course(scores, SCALED, against=against), expected_course(moved, other, against=against)
    assert [each.judgement for each in here.sessions] == [each.judgement for each in there.sessions]
    for one, two in zip(here.sessions, there.sessions, strict=True):
        assert (one.limit is None) == (two.limit is None)
        assert one.limit is None or two.limit == pytest.approx(shift + times * one.limit, abs=1e-6)


def test_predictions_stay_within_the_scale():
    course = expected_course([5, 1, 0, 0], dataclasses.replace(SCALED, highest=63.0))
    bands = [each.prediction for each in course.sessions if each.prediction] + list(course.forecast)
    assert all(0 <= band.lower <= band.predicted <= band.upper <= 63 for band in bands)


@pytest.mark.parametrize(
    "scores, reason",
    [
        ([40], "there is no score before it"),
        ([None, None, 40], "there is no score before it"),
        ([95, 60], "hardly anybody of the reference began with such a score"),
        ([40.0] * 17, "the reference ends 15 sessions after intake"),
    ],
)
def test_where_nothing_can_be_expected_it_cannot_tell(scores, reason):
    course = expected_course(scores, TRUTH)
    assert course.judgement is None
    assert course.sessions[-1].reason == reason
    assert "cannot tell" in course.sentence


@pytest.mark.parametrize("scores", [[], [None, float("nan")]])
def test_without_scores_it_cannot_tell(scores):
    course = expected_course(scores, TRUTH)
    assert (course.judgement, course.forecast) == (None, ())
    assert course.sentence == "Cannot tell: there is no score yet."


def test_sessions_are_called_as_the_user_counts_them():
    course = expected_course([40, 41, 60], TRUTH, first_session=1)
    assert [each.session for each in course.sessions] == [1, 2, 3]
    assert course.first_alarm == 3
    assert course.forecast[0].session == 4


def test_a_made_up_reference_says_so_in_every_sentence():
    course = expected_course([15, 14, 16], bundled_reference("PHQ-9"))
    assert course.caution == MADE_UP
    assert course.sentence.startswith(MADE_UP)
    assert expected_course([40, 41], TRUTH).caution is None


def test_another_instrument_is_refused():
    with pytest.raises(InputError, match="the scores are of GAD-7, the reference of phq9"):
        expected_course([10, 9], bundled_reference("PHQ-9"), instrument="GAD-7")
    assert expected_course([10, 9], bundled_reference("PHQ-9"), instrument="PHQ-9").sessions


@pytest.mark.parametrize(
    "scores, options, message",
    [
        ([40, "x"], {}, "session 1 is not a number"),
        ([float("inf")], {}, "session 0 is infinite"),
        ([40, 120], {}, "outside the reference's scale"),
        ([40], {"false_alarm_rate": 0.5}, "false_alarm_rate"),
        ([40], {"level": 1.0}, "level"),
        ([40], {"against": "then"}, "against"),
    ],
)
def test_what_cannot_be_used_is_named(scores, options, message):
    with pytest.raises(InputError, match=message):
        expected_course(scores, SCALED, **options)
