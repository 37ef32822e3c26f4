from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_finder import (
    ATTRIBUTES,
    long_session,
    random_finder,
    random_table,
    replies_met_by,
    session_of,
    span_model,
    table_of,
)

from attunement.codebook import REPAIR
from attunement.episodes import Finder, SessionReading, find, finder, shipped_finder
from attunement.episodes.classify import Classifier, span_summary
from attunement.episodes.features import SIGNS, signs_of
from attunement.episodes.finder import COMPONENTS
from attunement.errors import ModelError

WIDTH = len(span_summary(np.zeros((2, len(SIGNS))), 0, 1))


def always(**says: str) -> Mapping[str, Classifier]:
    """Classifiers that say one thing whatever they see: of several classes the first unless told otherwise."""
    answers = {name.replace("__", "."): value for name, value in says.items()}
    return {
        name: Classifier(
            classes,
            np.zeros((len(classes), WIDTH)),
            np.array([float(value == answers.get(name, classes[0])) for value in classes]),
        )
        for name, classes in ATTRIBUTES.items()
    }


def by_hand(**says: str) -> Finder:
    """Finds runs of strain, of repair, and of turns in which the client felt met."""
    return Finder(
        spans={
            "rupture": span_model(strain=10.0, a_turn=-2.0, bias=-5.0, at_least=0.5),
            "repair": span_model(further_signs=1, repair=10.0, a_turn=-2.0, bias=-3.0, at_least=0.5),
            "corrective": span_model(further_signs=1, felt_met=10.0, disclosure=10.0, a_turn=-2.0, bias=-5.0),
        },
        attributes=always(**says),
        replies=replies_met_by("validation"),
    )


STRAINED = {number: {"denial": 0.9} for number in (4, 6, 8)}
TAKEN_UP = {number: {"acknowledge_part": 0.95} for number in (7, 9)}
MET = {number: {"disclosure": 0.9, "felt_met": 0.9} for number in (12, 14)}


def story(codes: dict[int, dict[str, float]], *, turns: int = 16, **says: str) -> SessionReading:
    session = long_session(turns)
    return by_hand(**says).find(session, table_of(session, codes))


@pytest.mark.filterwarnings("error")
@given(st.integers(2, 40), st.integers(0, 10_000))
@settings(max_examples=60)
def test_whatever_the_coder_says_a_reading_makes_sense(turns, seed):
    session = long_session(turns)
    table = random_table(session, seed)
    reading = random_finder(seed % 20).find(session, table)
    assert reading.session is session
    assert reading.table is table
    for episodes in (reading.ruptures, reading.repairs, reading.correctives):
        assert all(before.end < after.start for before, after in pairwise(episodes))
        for episode in episodes:
            assert 1 <= episode.start <= episode.end <= turns
            assert 0 <= episode.confidence <= 1
            assert episode.evidence
            assert all(episode.start <= number <= episode.end for number in episode.evidence)
    for rupture in reading.ruptures:
        takers = [r for r in reading.repairs if r.start <= rupture.end and rupture.start <= r.end]
        assert rupture.kind in ATTRIBUTES["rupture.kind"]
        assert rupture.cause in ATTRIBUTES["rupture.cause"]
        assert rupture.noticed == ("in_session" if takers else "not_taken_up")
        assert rupture.noticed_by == (takers[0].initiated_by if takers else None)
        assert takers or rupture.resolution == "none"
    for corrective in reading.correctives:
        assert corrective.components[:3] == COMPONENTS[:3]
        assert (corrective.strength == "full") == ("meaning" in corrective.components)
    assert not any(c.start <= number <= c.end for number in reading.insights for c in reading.correctives)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("first", ["therapist", "client"])
def test_two_turns_are_read_too(first):
    session = session_of("and how was it", "sad", first=first)
    reading = random_finder(1).find(session, random_table(session, 1))
    assert len(reading.attunement.line) == 2
    assert reading.attunement.rate is None


def test_strain_that_lasts_is_a_rupture_and_a_quiet_session_has_none():
    (rupture,) = story(STRAINED).ruptures
    assert (rupture.start, rupture.end) == (4, 8)
    assert set(rupture.evidence) == {4, 6, 8}
    quiet = story({})
    assert quiet.ruptures == quiet.repairs == quiet.correctives == quiet.insights == ()


def test_a_rupture_that_nobody_takes_up_is_not_resolved():
    (rupture,) = story(STRAINED, rupture__resolution="full").ruptures
    assert (rupture.noticed, rupture.noticed_by, rupture.resolution) == ("not_taken_up", None, "none")


def test_a_rupture_is_noticed_by_whoever_begins_the_repair():
    reading = story(STRAINED | TAKEN_UP, rupture__resolution="partial", repair__initiated_by="therapist")
    (rupture,), (repair,) = reading.ruptures, reading.repairs
    assert repair.initiated_by == "therapist"
    assert (rupture.noticed, rupture.noticed_by, rupture.resolution) == ("in_session", "therapist", "partial")


def test_what_takes_up_nothing_does_not_make_a_rupture_noticed():
    elsewhere = {number: dict.fromkeys(REPAIR, 0.95) for number in (13, 15)}
    reading = story(STRAINED | elsewhere)
    assert len(reading.repairs) == 1
    assert reading.ruptures[0].noticed == "not_taken_up"


def test_repairs_are_looked_for_knowing_where_the_ruptures_are():
    only_in_ruptures = replace(by_hand().spans["repair"], inside=np.append(np.zeros(len(SIGNS)), 10.0))
    plain = by_hand()
    knowing = replace(plain, spans={**plain.spans, "repair": only_in_ruptures})
    session = long_session(16)
    (repair,) = knowing.find(session, table_of(session, STRAINED)).repairs
    assert repair.start <= 4 <= 8 <= repair.end <= 10
    assert knowing.find(session, table_of(session)).repairs == ()


def test_a_corrective_experience_is_full_with_meaning_and_partial_without():
    (partial,) = story(MET).correctives
    (full,) = story(MET, corrective__meaning="yes", corrective__carryover="yes").correctives
    assert (partial.strength, partial.components) == ("partial", COMPONENTS[:3])
    assert (full.strength, full.components) == ("full", COMPONENTS)


def test_insight_counts_as_alone_outside_a_corrective_experience_only():
    codes = {2: {"insight": 0.8}, 4: {"insight": 0.4}, **MET}
    codes[12] = {**MET[12], "insight": 0.9}
    reading = story(codes)
    assert len(reading.correctives) == 1
    assert reading.insights == (2,)


@pytest.mark.parametrize("seed", range(5))
def test_a_finder_survives_its_file(seed):
    made_up = random_finder(seed)
    kept = Finder.from_dict(json.loads(json.dumps(made_up.to_dict())))
    assert kept.attributes.keys() == made_up.attributes.keys()
    signs = signs_of(random_table(long_session(20), seed))
    spans, kept_spans = made_up.find_spans(signs), kept.find_spans(signs)
    assert [len(each) for each in spans.values()] == [len(each) for each in kept_spans.values()]
    for name in spans:
        for span, other in zip(spans[name], kept_spans[name], strict=True):
            assert (span.first, span.last) == (other.first, other.last)
            assert span.confidence == pytest.approx(other.confidence, abs=0.01)


@pytest.fixture
def _unloaded():
    shipped_finder.cache_clear()
    yield
    shipped_finder.cache_clear()


@pytest.mark.usefixtures("_unloaded")
def test_the_shipped_finder_is_loaded_once_and_used(tmp_path, monkeypatch):
    (tmp_path / "finder.json").write_text(json.dumps(random_finder(2).to_dict()), encoding="utf-8")
    monkeypatch.setattr(finder, "WEIGHTS", tmp_path / "finder.json")
    assert shipped_finder() is shipped_finder()
    session = long_session(20)
    table = random_table(session, 2)
    expected = Finder.from_dict(random_finder(2).to_dict()).find(session, table)
    assert find(session, table).ruptures == expected.ruptures


DAMAGED = (None, "", "{", "[]", "{}", "null", '{"spans": []}', '{"spans": {}, "attributes": {}}', "\x00")


@pytest.mark.usefixtures("_unloaded")
@pytest.mark.parametrize("content", DAMAGED)
def test_a_missing_or_damaged_file_is_told_in_one_line(tmp_path, monkeypatch, content):
    if content is not None:
        (tmp_path / "finder.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr(finder, "WEIGHTS", tmp_path / "finder.json")
    with pytest.raises(ModelError) as caught:
        shipped_finder()
    assert str(caught.value) == "The episode finder's weights cannot be read: reinstall attunement."
