"""Simulated populations: the same from the same seed, whole, and refused when impossible."""

from __future__ import annotations

import sys
from importlib import reload

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attunement.dyad import simulate as simulation
from attunement.dyad.courses import Courses
from attunement.dyad.model import CONFRONTATION, NONE
from attunement.dyad.parameters import DEFAULT, TABLE, Parameters, parameters
from attunement.dyad.policies import Response, not_taken_up, taken_up
from attunement.dyad.population import Design, nested
from attunement.dyad.simulate import chunks, simulate
from attunement.dyad.summaries import summarise
from attunement.errors import InputError


def numbers(courses: Courses):
    return [
        courses.last,
        *courses.start,
        *courses.reports,
        *courses.state,
        *courses.counts,
        courses.attended,
        courses.left,
        courses.off_track,
        courses.changed,
    ]


def same(one: Courses, other: Courses) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(numbers(one), numbers(other), strict=True))


def test_the_same_seed_gives_the_same_people(usual):
    assert same(simulate(usual.dyads), usual)


def test_another_seed_gives_others(usual):
    assert not same(simulate(usual.dyads, seed=1), usual)


def test_the_first_dyads_are_the_same_however_many_there_are(usual):
    # Therapists are too, as they come in order.
    assert same(simulate(100), usual.only(slice(0, 100)))


def test_the_size_of_the_parts_changes_nothing(usual, monkeypatch):
    monkeypatch.setattr(simulation, "CHUNK", simulation.BLOCK)
    parts = list(chunks(usual.dyads))
    assert len(parts) == 2
    assert same(Courses.joined(parts), usual)


def test_all_conditions_have_the_same_people(arms):
    for courses in arms:
        assert np.array_equal(courses.start.safety, arms.usual.start.safety)
        assert np.array_equal(courses.first, arms.usual.first)


def test_clients_who_left_stay_as_they_were(usual):
    gone = ~usual.attended[-2]
    assert gone.any()
    for values in (*usual.reports, *usual.state):
        assert np.array_equal(values[-1][gone], values[-2][gone])
    assert not any(count[~usual.attended].any() for count in usual.counts)
    assert (usual.attended[1:] <= usual.attended[:-1]).all()
    assert np.array_equal(usual.attended[1:], usual.attended[:-1] & ~usual.left[:-1])


def test_counts_add_up(usual):
    counts = usual.counts
    assert (counts.met.astype(int) + counts.harmed <= counts.opened).all()
    assert (counts.repaired.astype(int) + counts.failed == counts.noticed).all()
    repaired, ruptures = (np.asarray(each).sum(0, dtype=int) for each in (counts.repaired, _ruptures(counts)))
    assert (repaired <= ruptures).all()


def _ruptures(counts):
    return counts.withdrawals.astype(int) + counts.confrontations


def test_what_happened_at_each_exchange_adds_up_to_the_counts():
    courses = simulate(50, sessions=4, exchanges=25, keep_exchanges=True)
    assert courses.exchanges.opened.shape == (4, 25, 50)
    for happened, count in zip(courses.exchanges, courses.counts, strict=True):
        assert np.array_equal(happened.sum(1), count)


def test_a_rupture_taken_up_and_not_taken_up_part_only_from_then_on(usual):
    session = 5
    up, passed = (simulate(usual.dyads, policy=what(session)) for what in (taken_up, not_taken_up))
    assert np.array_equal(up.state.safety[: session - 1], passed.state.safety[: session - 1])
    was_open = up.attended[session - 1] & (up.state.rupture[session - 2] != NONE)
    assert (up.counts.noticed[session - 1][was_open] > 0).all()
    assert (passed.counts.noticed[session - 1] == 0).all()
    assert (passed.state.rupture[session - 1][was_open] != NONE).all()


def test_a_policy_of_ones_own_is_followed(usual):
    def ask_when_low(seen, p):
        return Response(taking_up=jnp.where(seen.rating < 6, 3.0, 0.0))

    asked = simulate(usual.dyads, policy=ask_when_low)
    assert asked.counts.noticed.sum(dtype=int) > usual.counts.noticed.sum(dtype=int)


def test_another_therapist_takes_over_where_the_alliance_is_poor():
    courses = simulate(2_000, condition="change")
    changed = courses.changed[-1]
    assert 0 < changed.mean() < 0.5
    assert not courses.changed[2].any()
    assert (courses.reports.rating[2][courses.changed[3]] < 5).all()


def test_clients_of_a_therapist_have_something_in_common(usual):
    met = usual.counts.met.sum(0) / np.maximum(usual.counts.opened.sum(0), 1)
    means = np.array([met[usual.design.therapist == each].mean() for each in range(200)])
    assert means.std() > 1.5 * met.std() / 20**0.5


def test_a_summary_of_parts_is_that_of_the_whole(usual):
    summary = summarise(chunks(usual.dyads))
    assert summary.dyads == usual.dyads
    assert summary.dropped_out == pytest.approx(1 - usual.attended[-1].mean())
    there = usual.attended[7]
    assert summary.mean["rating"][7] == pytest.approx(usual.reports.rating[7][there].mean(), rel=1e-5)
    assert summary.spread["safety"][7] == pytest.approx(usual.state.safety[7][there].std(), rel=1e-4)
    assert summary.events["opened"][7] == pytest.approx(usual.counts.opened[7][there].mean(), rel=1e-5)


@given(st.lists(st.floats(0, 1), min_size=len(TABLE), max_size=len(TABLE)), st.sampled_from([40, 3]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_nothing_is_ever_unknown_or_out_of_range(places, seed):
    p = Parameters(*(row.low + (row.high - row.low) * place for row, place in zip(TABLE, places, strict=True)))
    courses = simulate(200, parameters=p, condition="support", seed=seed)
    for values in numbers(courses):
        assert np.isfinite(np.asarray(values, float)).all()
    assert ((courses.state.safety >= 0) & (courses.state.safety <= 1)).all()
    assert ((courses.state.expectation >= 0) & (courses.state.expectation <= 1)).all()
    assert (courses.state.strain >= 0).all()
    assert ((courses.reports.rating >= 0) & (courses.reports.rating <= 10)).all()
    assert np.isin(courses.state.rupture, range(CONFRONTATION + 1)).all()


@pytest.mark.parametrize(
    "wrong, told",
    [
        (lambda: parameters(learn=2.0), "learn lies between"),
        (lambda: parameters(learn=float("nan")), "learn lies between"),
        (lambda: parameters(learning=0.1), "did you mean 'learn'"),
        (lambda: simulate(10, parameters=DEFAULT._replace(safety_mean=1.0)), "safety_mean lies between"),
        (lambda: simulate(0), "at least one client"),
        (lambda: simulate(10, sessions=0), "at least one session"),
        (lambda: simulate(10, exchanges=0), "1 to 255 exchanges"),
        (lambda: simulate(10, exchanges=256), "1 to 255 exchanges"),
        (lambda: simulate(10, condition="hypnosis"), "no condition 'hypnosis'"),
        (lambda: simulate(10, policy="feedback"), "A policy is a function"),
        (lambda: simulate(10, policy=lambda seen, p: None), "returns a Response"),
        (lambda: simulate(nested(10, clients_each=10), condition="change"), "needs a second one"),
        (lambda: simulate(Design(np.zeros(3), np.zeros(2))), "a therapist and a clinic to each"),
        (lambda: simulate(Design(np.array([-1]), np.array([0]))), "numbered from 0"),
        (lambda: simulate(Design(np.zeros(0), np.zeros(0))), "one or more clients"),
        (lambda: nested(10, clients_each=0), "at least one client"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_one_line(wrong, told):
    with pytest.raises(InputError, match=told) as refused:
        wrong()
    assert "\n" not in str(refused.value)


def test_without_jax_the_command_that_installs_it_is_named(monkeypatch):
    import attunement.dyad

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'attunement\[dyad\]'"):
        reload(attunement.dyad)


def test_the_command_line_starts_without_jax():
    import subprocess

    code = "import sys, attunement.cli.dyad; sys.exit('jax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
