"""A simulated session turn by turn: ruptures and repairs lie where the model put them."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("jax")

from strained import STRAINED

from attunement.codebook import CODES
from attunement.coder.decisions import GROUPS
from attunement.coder.table import CodeTable
from attunement.dyad.export.ruptures import true_ruptures
from attunement.dyad.parameters import parameters
from attunement.dyad.simulate import simulate
from attunement.evaluation.coded import CodedSession, coded_from_text
from benchmarks.simulated_sessions import Donors, Rates, kind_of, script_of, session_of, speaker_of

LENGTH = 12
RATES = Rates(inside=0.5, outside=0.0, repairing=1.0)


@pytest.fixture(scope="module")
def courses():
    return simulate(24, sessions=6, exchanges=LENGTH, parameters=parameters(**STRAINED), seed=3, keep_exchanges=True)


@pytest.fixture(scope="module")
def scripts(courses):
    """Every session with a rupture, by client and session."""
    draws, ruptures = np.random.default_rng(1), true_ruptures(courses)
    return {
        (client, session): script_of(
            courses, client, session, [each for each in ruptures if each.client == client], RATES, draws
        )
        for client, session in {(each.client, each.began_session) for each in ruptures}
    }


def test_each_rupture_begins_at_the_therapist_turn_that_set_it_off(courses, scripts):
    for rupture in true_ruptures(courses):
        if rupture.began_exchange == LENGTH:
            continue  # set off by the last turn: it shows in the next session only
        spans = scripts[rupture.client, rupture.began_session].ruptures
        assert (2 * rupture.began_exchange, rupture.kind) in {(start, kind) for start, _, kind in spans}
        assert speaker_of(2 * rupture.began_exchange - 1) == "therapist"


def test_strain_shows_in_the_next_turn_of_the_client_unless_it_was_repaired_there(scripts):
    for script in scripts.values():
        for start, end, kind in script.ruptures:
            assert start < end <= 2 * LENGTH
            assert script.in_rupture[start - 1 : end] == [True] * (end - start + 1)
            if start > 1:
                assert script.kinds[start] in (kind, "felt met", "opening")


def test_repairs_begin_with_a_repair_turn_and_never_overlap(scripts):
    repairs = [(script, span) for script in scripts.values() for span in script.repairs]
    assert repairs
    for script, (start, _) in repairs:
        assert script.kinds[start - 1] == "repair"
    for script in scripts.values():
        ends = [0, *(end for _, end in script.repairs)]
        assert all(start > end for (start, _), end in zip(script.repairs, ends, strict=False))


def test_a_turn_is_the_first_kind_that_fits():
    assert kind_of("client", frozenset({"feeling", "denial"})) == "withdrawal"
    assert kind_of("therapist", frozenset({"hostile", "validation"})) == "harmed"
    assert kind_of("client", frozenset()) == "plain"


def coded() -> CodedSession:
    turns = "T: a {misattuned}\nC: b {denial}\nT: c {acknowledge_part}\nC: d {felt_met}\nT: e\nC: f {feeling}\n"
    return coded_from_text(
        turns + "\n## rupture 1-4 kind=withdrawal\n## repair 3-4 initiated_by=therapist\n", name="one.txt"
    )


def table_for(session: CodedSession) -> CodeTable:
    """A coder that reads every code as it is."""
    therapist = np.array([turn.speaker == "therapist" for turn in session.session.turns])
    true = np.array([[code in each.codes for code in CODES] for each in session.codes])
    return CodeTable(
        codes=tuple(CODES),
        probabilities=np.where(true, 0.9, 0.1).astype(np.float32),
        thresholds=dict.fromkeys(CODES, 0.5),
        experiencing=np.where(therapist[:, None], np.nan, 1 / 3).repeat(3, axis=1).astype(np.float32),
        empathy=np.full((len(therapist), 3, 3), 1 / 3, np.float32),
        therapist_behaviour=np.full((len(therapist), 4), 0.25, np.float32),
        client_talk=np.full((len(therapist), 3), 1 / 3, np.float32),
        groups=np.full((len(therapist), len(GROUPS)), 0.1, np.float32),
        gated=true,
    )


def test_turns_borrow_what_the_coder_said_of_turns_of_their_kind(scripts):
    one = coded()
    donors = Donors([one], [table_for(one)])
    script = next(iter(scripts.values()))
    table = donors.table(script, np.random.default_rng(1))
    assert len(table) == len(script.kinds) == len(session_of(script).turns)
    strained = [place for place, kind in enumerate(script.kinds) if kind == "withdrawal"]
    assert all("denial" in table.decided(place) for place in strained)
    assert donors.rates.inside == 0.5


def test_misread_turns_are_read_as_any_other(scripts):
    one = coded()
    donors = Donors([one], [table_for(one)])
    script = next(iter(scripts.values()))
    read = donors.table(script, np.random.default_rng(1), misread=1.0)
    assert len({read.decided(place) for place in range(0, len(read), 2)}) == 3
