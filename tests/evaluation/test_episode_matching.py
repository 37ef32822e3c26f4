"""Which found episodes count as the ones a person marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.episodes.model import Corrective, Repair, Rupture
from attunement.evaluation.coded import CodedEpisode
from attunement.evaluation.episodes import overlap, pairs, spans

span = st.tuples(st.integers(1, 40), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
some_spans = st.lists(span, max_size=6)


@pytest.mark.parametrize(
    "one, other, share",
    [((1, 10), (1, 10), 1.0), ((1, 10), (6, 15), 5 / 15), ((1, 4), (5, 8), 0.0), ((3, 3), (1, 4), 0.25)],
)
def test_overlap_counts_turns_shared_of_turns_covered(one, other, share):
    assert overlap(one, other) == pytest.approx(share)
    assert overlap(other, one) == pytest.approx(share)


@given(span, span)
def test_overlap_is_that_of_the_sets_of_turns(one, other):
    here, there = set(range(one[0], one[1] + 1)), set(range(other[0], other[1] + 1))
    assert overlap(one, other) == pytest.approx(len(here & there) / len(here | there))


@given(some_spans, some_spans)
def test_every_episode_is_used_once_and_only_with_half_overlap(marked, found):
    matched = pairs(marked, found)
    assert len({i for i, _ in matched}) == len({j for _, j in matched}) == len(matched)
    assert all(overlap(marked[i], found[j]) >= 0.5 for i, j in matched)


@given(some_spans, some_spans)
def test_no_pair_that_could_still_be_made_is_left(marked, found):
    matched = pairs(marked, found)
    left = [m for i, m in enumerate(marked) if i not in {i for i, _ in matched}]
    over = [f for j, f in enumerate(found) if j not in {j for _, j in matched}]
    assert not any(overlap(m, f) >= 0.5 for m in left for f in over)


@given(some_spans)
def test_a_finder_who_repeats_the_person_finds_all(marked):
    assert len(pairs(marked, marked)) == len(marked)


@given(some_spans, some_spans, st.randoms())
def test_the_order_in_which_episodes_are_listed_changes_nothing(marked, found, random):
    shuffled = random.sample(found, len(found))
    assert len(pairs(marked, found)) == len(pairs(marked, shuffled))


def test_the_closer_of_two_candidates_is_taken():
    assert pairs([(1, 10)], [(1, 6), (1, 9)]) == [(0, 1)]


def test_types_are_told_apart_whoever_marked_them():
    about = {"start": 2, "end": 5, "confidence": 0.8, "evidence": (2,)}
    rupture = Rupture(
        **about, kind="mixed", cause="criticism", noticed="in_session", noticed_by="client", resolution="full"
    )
    repair = Repair(**about, initiated_by="client", resolution="full")
    corrective = Corrective(**about, components=("exposure",), strength="partial")
    coded = CodedEpisode("repair", 7, 9, {})
    assert spans([rupture, repair, corrective, coded], "repair") == [(2, 5), (7, 9)]
    assert spans([rupture, repair, corrective], "rupture") == spans([corrective], "corrective") == [(2, 5)]
