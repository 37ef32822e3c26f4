from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_up_finder import long_session, random_replies, random_table, replies_met_by, session_of, table_of
from scipy.stats import binomtest

from attunement.codebook import EMPATHY_MECHANISMS, THERAPIST_CODES
from attunement.episodes import moments
from attunement.episodes.model import Moment
from attunement.episodes.moments import CALLING, CALLS, FEWEST_MOMENTS, attunement_of, reply_features, reply_to

MET_BY_VALIDATION = replies_met_by("validation")
SENTENCE = "that is a lot to carry"


def feelings_at(*numbers: int) -> dict[int, dict[str, float]]:
    return {number: {"feeling": 0.8} for number in numbers}


def test_the_reply_to_a_client_is_the_next_turn_of_the_therapist():
    session = session_of("and how is it", "I was so sad", SENTENCE, "yes")
    assert reply_to(session.turns, 1) == 2


@pytest.mark.parametrize("back_channel", ["Mm-hm.", "Right", "Yeah, go on.", ""])
def test_a_back_channel_is_passed_over_while_the_client_goes_on(back_channel):
    session = session_of("and how is it", "I was so sad", back_channel, "and ashamed", SENTENCE)
    assert reply_to(session.turns, 1) == 4
    assert reply_to(session.turns, 3) == 4


def test_a_therapist_who_says_no_more_than_that_has_answered_with_it():
    session = session_of("and how is it", "I was so sad", "Mm-hm.", "and ashamed", "Right.", "well", SENTENCE)
    assert reply_to(session.turns, 1) == 2


def test_the_last_word_of_a_session_has_no_reply():
    session = session_of("and how is it", "I was so sad")
    assert reply_to(session.turns, 1) is None


def test_a_reply_is_judged_by_its_codes_and_its_empathy():
    session = session_of("and how is it", "sad", SENTENCE)
    table = table_of(session, {3: {"validation": 0.7}})
    table.empathy[2] = [[0, 0, 1], [0.5, 0.5, 0], [1, 0, 0]]
    features = reply_features(table, 2)
    assert len(features) == len(THERAPIST_CODES) + len(EMPATHY_MECHANISMS)
    assert features[THERAPIST_CODES.index("validation")] == pytest.approx(0.7)
    assert features[-3:].tolist() == [1.0, 0.25, 0.0]
    assert features.sum() == pytest.approx(0.7 + 1.25)


@pytest.mark.parametrize("code", CALLING)
def test_whatever_calls_for_attunement_is_a_moment_of_one_kind(code):
    session = long_session(4)
    (moment,) = attunement_of(session, table_of(session, {2: {code: 0.9}}), MET_BY_VALIDATION).moments
    assert (moment.turn, moment.reply) == (2, 3)
    assert code in CALLS[moment.call]
    assert moment.weight == pytest.approx(0.9)


def test_the_likeliest_code_says_what_called():
    session = long_session(4)
    table = table_of(session, {2: {"feeling": 0.6, "denial": 0.8, "disclosure": 0.7}})
    (moment,) = attunement_of(session, table, MET_BY_VALIDATION).moments
    assert moment.call == "strain"
    assert moment.weight == pytest.approx(0.8)


def test_what_was_not_decided_or_calls_for_nothing_is_no_moment():
    session = long_session(6)
    table = table_of(session, {2: {"feeling": 0.3, "insight": 0.9}, 3: {"validation": 0.9}, 6: {"grief": 0.9}})
    found = attunement_of(session, table, MET_BY_VALIDATION)
    assert found.moments == ()
    assert (found.rate, found.interval, found.line) == (None, None, (None,) * 6)


def test_the_rate_is_the_share_met():
    session = long_session(9)
    codes = feelings_at(2, 4, 6, 8) | {3: {"validation": 1.0}, 7: {"validation": 1.0}, 9: {"validation": 1.0}}
    found = attunement_of(session, table_of(session, codes), MET_BY_VALIDATION)
    assert [round(moment.met) for moment in found.moments] == [1, 0, 1, 1]
    assert found.rate == pytest.approx(0.75)


def test_a_moment_that_is_surer_counts_more():
    session = long_session(7)
    codes = {2: {"feeling": 1.0}, 3: {"validation": 1.0}, 4: {"feeling": 0.5}, 6: {"feeling": 0.5}}
    assert attunement_of(session, table_of(session, codes), MET_BY_VALIDATION).rate == pytest.approx(0.5)


def test_fewer_than_three_moments_make_no_rate_but_a_line():
    session = long_session(7)
    found = attunement_of(session, table_of(session, feelings_at(2, 4)), MET_BY_VALIDATION)
    assert len(found.moments) == FEWEST_MOMENTS - 1
    assert found.rate is None
    assert found.interval is None
    assert found.line == (None, None, *[pytest.approx(0.0)] * 5)


@given(st.integers(2, 40), st.integers(0, 10_000))
@settings(max_examples=60)
def test_the_rate_lies_in_its_interval_and_both_between_0_and_1(turns, seed):
    session = long_session(turns)
    found = attunement_of(session, random_table(session, seed), random_replies(seed))
    for moment in found.moments:
        assert session.turns[moment.turn - 1].speaker == "client"
        assert session.turns[moment.reply - 1].speaker == "therapist"
        assert moment.met + moment.missed + moment.harmed == pytest.approx(1)
    assert len(found.line) == turns
    assert all(value is None or 0 <= value <= 1 for value in found.line)
    assume(found.rate is not None)
    low, high = found.interval
    assert 0 <= low <= found.rate <= high <= 1


@given(st.integers(1, 60), st.data())
def test_the_interval_of_plain_yes_and_no_is_wilson_s(trials, data):
    hits = data.draw(st.integers(0, trials))
    interval = moments.wilson(hits / trials, trials)
    expected = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    assert interval == pytest.approx((expected.low, expected.high), abs=1e-4)


@given(st.floats(0, 1), st.floats(0, 500))
def test_any_interval_holds_its_rate(rate, count):
    low, high = moments.wilson(rate, count)
    assert 0 <= low <= rate <= high <= 1


def moments_of(*weights: float, met: float = 0.5) -> tuple[Moment, ...]:
    return tuple(
        Moment(2 * place, 2 * place + 1, "feeling", weight, met, 1 - met, 0.0)
        for place, weight in enumerate(weights, start=1)
    )


def test_the_band_of_the_line_forgets_as_the_line_does():
    """Kish's effective number of moments: with a half-life of three it never exceeds nine, however long the session."""
    line = moments.running_rates(402, moments_of(*[1.0] * 200))
    keep = 0.5 ** (1 / 3)
    assert line[2].moments == pytest.approx(1)
    assert line[4].moments == pytest.approx((1 + keep) ** 2 / (1 + keep**2))
    assert line[-1].moments == pytest.approx((1 + keep) / (1 - keep), rel=1e-3)
    assert line[-1].interval == pytest.approx(moments.wilson(0.5, 8.69), abs=0.002)


@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=40))
def test_no_line_rests_on_more_than_all_its_moments(weights):
    line = moments.running_rates(2 * len(weights) + 1, moments_of(*weights))
    for seen, point in enumerate(line[2::2], start=1):
        assert 0 < point.moments <= sum(weights[:seen]) + 1e-9


def test_the_line_begins_with_the_first_reply_and_forgets_slowly():
    session = long_session(8)
    codes = feelings_at(2, 4) | {3: {"validation": 1.0}}
    line = attunement_of(session, table_of(session, codes), MET_BY_VALIDATION).line
    keep = 0.5 ** (1 / 3)
    assert line == (None, None, *[pytest.approx(1.0)] * 2, *[pytest.approx(keep / (keep + 1))] * 4)


def test_a_moment_three_moments_ago_counts_half():
    session = long_session(10)
    codes = feelings_at(2, 4, 6, 8) | {3: {"validation": 1.0}}
    line = attunement_of(session, table_of(session, codes), MET_BY_VALIDATION).line
    assert line[-1] == pytest.approx(0.5 / sum(0.5 ** (age / 3) for age in range(4)))


def test_two_moments_that_one_reply_answers_both_count_in_the_line():
    session = session_of(
        "and how is it", "I was so sad", "Mm-hm.", "and ashamed", SENTENCE, "yes it is I think", SENTENCE
    )
    codes = feelings_at(2, 4, 6) | {7: {"validation": 1.0}}
    found = attunement_of(session, table_of(session, codes), MET_BY_VALIDATION)
    assert [moment.reply for moment in found.moments] == [5, 5, 7]
    keep = 0.5 ** (1 / 3)
    assert found.line[-1] == pytest.approx(1 / (1 + keep + keep**2))
