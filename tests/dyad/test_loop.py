"""What the design says of the loop between therapist and client, sentence by sentence."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from attunement.dyad import model
from attunement.dyad.facts import trials
from attunement.dyad.facts.statistics import hedges_g
from attunement.dyad.model import CONFRONTATION, NONE, WITHDRAWAL, Counts, Pair, State, Today
from attunement.dyad.parameters import DEFAULT
from attunement.dyad.simulate import simulate

MET, MISSED, HARMED, QUIET = "met", "missed", "harmed", "quiet"
exchange = jax.jit(model.exchange)


def somebody(*, safety=0.5, expectation=0.5, strain=0.0, rupture=NONE):
    number = jnp.array
    return State(number([safety]), number([expectation]), number([strain]), number([rupture]), number([0.0]))


def with_somebody(*, exposure=1.0, notices=0.0):
    number = jnp.array
    none = number([0.0])
    return Pair(none, number([notices]), number([notices]), none, number([0.5]), none, number([exposure]))


def next_state(state, event, *, repair=None, exposure=1.0):
    """One exchange in which this happens; `repair` True or False takes an open rupture up, with this result."""
    opens = float(_opens(state))
    # With attunement 1 every opening is met, with 0 missed or, in its last part, harmed.
    attunement = 1.0 if event is MET else 0.0
    draw = {MET: opens / 2, MISSED: opens / 4, HARMED: opens * (1 - DEFAULT.harm_share / 2), QUIET: 1.0}[event]
    pair = with_somebody(exposure=exposure, notices=0.0 if repair is None else 1.0)
    today = Today(jnp.array([attunement]), jnp.array([1.0 if repair else 0.0]), jnp.array([1.0]))
    low, high = (jnp.uint32(min(int(number * 65536), 65535)) for number in (draw, 0.999 if repair is None else 0.5))
    after, _, happened = exchange(state, Counts.zero(1), pair, today, DEFAULT, jnp.array([low | high << 16]))
    expected = {
        MET: (True, True, False),
        MISSED: (True, False, False),
        HARMED: (True, False, True),
        QUIET: (False,) * 3,
    }
    assert tuple(bool(did[0]) for did in happened[:3]) == expected[event]
    return after


def _opens(state):
    p = DEFAULT
    log_odds = p.open_base + p.open_safety * state.safety - p.open_expectation * state.expectation
    opens = jax.nn.sigmoid(log_odds - p.open_strain * state.strain)[0]
    return opens * (p.open_withdrawn if int(state.rupture[0]) == WITHDRAWAL else 1)


def test_being_met_loosens_the_expectation_and_makes_safer():
    before = somebody()
    after = next_state(before, MET)
    assert after.expectation[0] < before.expectation[0]
    assert after.safety[0] > before.safety[0]


def test_misses_raise_strain_and_harm_raises_it_more():
    before = somebody()
    missed, harmed = next_state(before, MISSED), next_state(before, HARMED)
    assert 0 < missed.strain[0] < harmed.strain[0]


def test_harm_teaches_faster_than_help():
    before = somebody(expectation=0.5)  # so that both surprise equally
    helped = before.expectation[0] - next_state(before, MET).expectation[0]
    harmed = next_state(before, HARMED).expectation[0] - before.expectation[0]
    assert harmed > helped > 0


def test_the_same_opening_teaches_little_when_nothing_is_exposed():
    before = somebody()
    moved, told = (before.expectation[0] - next_state(before, MET, exposure=x).expectation[0] for x in (1, 0.1))
    assert told < moved / 5


def test_strain_keeps_from_learning():
    easy, strained = somebody(), somebody(strain=0.9)
    learned = [state.expectation[0] - next_state(state, MET).expectation[0] for state in (easy, strained)]
    assert learned[1] < learned[0] / 2


def test_a_repair_teaches_more_than_being_met():
    before = somebody(strain=1.1, rupture=WITHDRAWAL)
    repaired = next_state(before, QUIET, repair=True)
    assert before.expectation[0] - repaired.expectation[0] > 2 * (0.5 - next_state(somebody(), MET).expectation[0])
    assert repaired.rupture[0] == NONE
    assert repaired.strain[0] == 0


def test_a_repair_that_fails_costs_safety_and_leaves_the_rupture_open():
    before = somebody(strain=1.1, rupture=CONFRONTATION)
    failed = next_state(before, QUIET, repair=False)
    assert failed.safety[0] < before.safety[0]
    assert failed.rupture[0] == CONFRONTATION
    assert failed.strain[0] > before.strain[0] * (1 - DEFAULT.strain_eases)


def test_an_open_rupture_does_not_let_strain_fall():
    state = somebody(strain=1.0, rupture=WITHDRAWAL)
    for _ in range(100):
        state = next_state(state, QUIET)
    assert state.strain[0] == pytest.approx(DEFAULT.rupture_holds, abs=0.01)


def test_a_repaired_rupture_leaves_safety_higher_than_no_rupture():
    start = somebody(safety=0.5)
    state, exchanges = start, 0
    while state.rupture[0] == NONE:
        state, exchanges = next_state(state, HARMED), exchanges + 1
    repaired = next_state(state, QUIET, repair=True)
    undisturbed = start
    for _ in range(exchanges + 1):
        undisturbed = next_state(undisturbed, QUIET)
    assert repaired.safety[0] > undisturbed.safety[0]


def test_clients_open_more_when_safe_and_less_in_withdrawal():
    low, high = somebody(safety=0.2), somebody(safety=0.8)
    assert _opens(low) < _opens(high)
    assert _opens(somebody(rupture=WITHDRAWAL)) < _opens(somebody(rupture=CONFRONTATION))


def test_insight_without_exposure_moves_the_belief_little(usual):
    def fall(courses):
        return float((courses.start.expectation - courses.state.expectation[-1]).mean())

    assert fall(simulate(usual.dyads, condition="insight")) < fall(usual) / 2


def test_withdrawal_is_noticed_less_than_confrontation(usual):
    ruptures = usual.counts.withdrawals.sum(dtype=int), usual.counts.confrontations.sum(dtype=int)
    left_open = [(usual.state.rupture[-1] == kind).sum() for kind in (WITHDRAWAL, CONFRONTATION)]
    assert left_open[0] / ruptures[0] > left_open[1] / ruptures[1]


def test_the_hazard_of_leaving_follows_strain_and_safety():
    many = 20_000

    def share(strain, safety, rupture=NONE):
        states = State(
            *(jnp.full(many, value) for value in (safety, 0.5, strain)), jnp.full(many, rupture), jnp.zeros(many)
        )
        return float(model.between(states, states, DEFAULT, jax.random.key(1))[1].mean())

    assert share(1.2, 0.5) > share(0.0, 0.5)
    assert share(0.0, 0.2) > share(0.0, 0.9)
    assert share(1.0, 0.5, CONFRONTATION) > share(1.0, 0.5, WITHDRAWAL)


def test_feedback_helps_those_not_on_track_most(arms):
    on_track = [courses.only(~courses.off_track.any(0)).last for courses in (arms.support, arms.usual)]
    assert trials.support_not_on_track(arms) > hedges_g(*on_track) + 0.1
    assert trials.feedback_not_on_track(arms) > 0


def test_trained_therapists_repair_more(arms):
    def repaired(courses):
        ruptures = courses.counts.withdrawals.sum(dtype=int) + courses.counts.confrontations.sum(dtype=int)
        return courses.counts.repaired.sum(dtype=int) / ruptures

    assert repaired(arms.training) > repaired(arms.usual)


def test_ratings_follow_safety(usual):
    there = usual.attended
    assert np.corrcoef(usual.reports.rating[there], usual.state.safety[there])[0, 1] > 0.5
