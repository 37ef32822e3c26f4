from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from attunement.episodes import Finder
from attunement.episodes.features import signs_of
from attunement.episodes.semimarkov import SAME_SPAN
from attunement.evaluation.coded import CodedSession, TurnCodes, read_coded
from stand_in import stand_in
from training.episodes import (
    MEETING,
    TYPES,
    answer_of,
    classifier,
    episode_labels,
    fit_confidence,
    fit_finders,
    found_f1,
    matched,
    same,
)

CORPUS = Path(__file__).parents[2] / "corpus" / "sessions"
SPAN = st.tuples(st.integers(0, 20), st.integers(0, 10)).map(lambda pair: (pair[0], sum(pair)))


@given(SPAN, SPAN)
def test_two_spans_are_the_same_when_they_share_half_of_what_they_cover(first, second):
    one, other = (set(range(span[0], span[1] + 1)) for span in (first, second))
    assert same(first, second) == (len(one & other) / len(one | other) >= SAME_SPAN)


@given(st.lists(SPAN, max_size=5), st.lists(SPAN, max_size=5))
def test_every_true_span_is_matched_once_at_most(found, true):
    assert matched(found, true) <= min(len(found), len(true))
    assert matched(true, true) == len(true)


def certain(n: int, *spans: tuple[int, int]) -> np.ndarray:
    posterior = np.zeros((n, n))
    for span in spans:
        posterior[span] = 0.9
    return posterior


def test_f1_counts_what_is_found_and_what_is_missed():
    posteriors = [certain(12, (1, 4), (7, 9)), certain(12)]
    assert found_f1(posteriors, [[(1, 4), (7, 9)], []], 0.5) == 1
    assert found_f1(posteriors, [[(1, 5)], [(3, 6)]], 0.5) == pytest.approx(2 * 1 / (2 + 2))
    assert found_f1(posteriors, [[], []], 0.95) == 0


def test_confidence_learns_that_a_model_is_too_sure():
    posteriors = [certain(12, (1, 4)) * (0.9 if seed % 2 else 0.3) for seed in range(60)]
    truth = [[(1, 4)] if seed % 4 == 1 or seed % 10 == 0 else [] for seed in range(60)]
    slope, intercept = fit_confidence(posteriors, truth)
    chance = 0.81
    confidence = 1 / (1 + np.exp(-(slope * np.log(chance / (1 - chance)) + intercept)))
    assert slope > 0
    assert confidence == pytest.approx(0.5, abs=0.08)


def test_confidence_stays_as_it_is_where_there_is_nothing_to_learn():
    assert fit_confidence([certain(12, (1, 4))], [[(1, 4)]]) == (1.0, 0.0)
    assert fit_confidence([certain(12, (1, 4))], [[]]) == (1.0, 0.0)
    assert fit_confidence([certain(12)], [[(1, 4)]]) == (1.0, 0.0)


@pytest.mark.parametrize("names", [("no", "yes"), ("a", "b", "c")])
def test_a_classifier_says_what_its_regression_says(names):
    random = np.random.default_rng(1)
    features = random.normal([2, 0, -1], [1, 5, 0.1], (120, 3))
    labels = [names[int(value)] for value in random.integers(0, len(names), 120)]
    ours = classifier(features, labels, strength=1.0)
    centre, scale = features.mean(axis=0), features.std(axis=0) + 0.05
    theirs = LogisticRegression(C=1.0, max_iter=500).fit((features - centre) / scale, labels)
    assert ours.classes == tuple(theirs.classes_)
    assert np.allclose(ours.probabilities(features), theirs.predict_proba((features - centre) / scale), atol=1e-6)


def test_the_attributes_that_are_learnt_are_those_that_the_finder_says():
    rupture = {"kind": "mixed", "cause": "criticism", "noticed": "missed", "resolution": "none"}
    assert episode_labels("rupture", rupture, ()) == {"kind": "mixed", "cause": "criticism", "resolution": "none"}
    repair = {"initiated_by": "client", "resolution": "full"}
    assert episode_labels("repair", repair, ()) == repair
    assert episode_labels("corrective", {}, ("exposure", "meaning")) == {"meaning": "yes", "carryover": "no"}


@pytest.mark.parametrize(
    "codes, empathy, answer",
    [
        ({"hostile", "validation"}, (2, 2, 2), "harmed"),
        ({"misattuned", "validation"}, (0, 0, 0), "missed"),
        ({"redirect"}, (0, 0, 1), "missed"),
        ({"question_closed"}, (0, 0, 0), "missed"),
        (set(), (0, 0, 0), "missed"),
        (set(), (0, 1, 0), "met"),
        *(({code}, (0, 0, 0), "met") for code in sorted(MEETING)),
    ],
)
def test_what_a_reply_did_follows_from_its_codes(codes, empathy, answer):
    assert answer_of(TurnCodes(frozenset(codes), None, empathy)) == answer


@pytest.fixture(scope="module")
def coded() -> list[CodedSession]:
    """Short sessions with every type of episode; the rarest attribute, carry-over, in either half of them."""
    fragments = [read_coded(path) for path in sorted(CORPUS.glob("frag-[lp]-*.txt"))]
    carried = [one for one in fragments if any("carryover" in episode.components for episode in one.episodes)]
    others = [one for one in fragments if len(one.episodes) > 1 and one not in carried]
    return [*carried, *others[-30:]]


@pytest.fixture(scope="module")
def fitted(coded) -> tuple[Finder, dict[int, Finder]]:
    tables = [stand_in(session, seed=seed).table for seed, session in enumerate(coded)]
    return fit_finders(coded, tables, [row % 2 for row in range(len(coded))])


def test_there_is_one_finder_to_ship_and_one_a_fold(fitted):
    shipped, by_fold = fitted
    assert set(by_fold) == {0, 1}
    for finder in (shipped, *by_fold.values()):
        assert set(finder.spans) == set(TYPES)
        assert set(finder.replies.classes) <= {"met", "missed", "harmed"}


def test_repairs_and_corrective_experiences_are_learnt_knowing_where_ruptures_are(fitted):
    spans = fitted[0].spans
    assert len(spans["repair"].inside) == len(spans["corrective"].inside) == len(spans["rupture"].inside) + 1


def test_what_it_reports_has_been_tuned(fitted):
    for model in fitted[0].spans.values():
        assert 0.16 <= model.at_least < 0.6
        assert model.confidence[0] > 0


def test_it_finds_what_people_marked(fitted, coded):
    """On tables in which people's codes shine through, ruptures of sessions that a finder has not seen."""
    hits = found = true = 0
    for row, session in enumerate(coded):
        finder = fitted[1][row % 2]
        spans = finder.find_spans(signs_of(stand_in(session, seed=row).table))["rupture"]
        ours = [(e.start - 1, e.end - 1) for e in session.episodes if e.type == "rupture"]
        hits += matched([(span.first, span.last) for span in spans], ours)
        found, true = found + len(spans), true + len(ours)
    assert 2 * hits / (found + true) > 0.5


def test_a_reading_can_be_made_with_it_after_it_was_stored(fitted, coded):
    kept = Finder.from_dict(json.loads(json.dumps(fitted[0].to_dict())))
    reading = kept.find(coded[0].session, stand_in(coded[0]).table)
    assert len(reading.attunement.line) == len(coded[0].session.turns)
