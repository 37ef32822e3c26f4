from made_up_case import a_case

from attunement.case.threads import threads_of
from stand_in import example


def test_a_case_without_any_transcript_has_no_threads():
    found = threads_of(a_case({1: None, 2: None}))
    assert (found.ruptures, found.carry_overs, found.repairs) == ((), (), ())
    assert found.straining.kind is None


def test_every_rupture_and_mended_repair_of_whole_sessions_has_a_fate():
    readings = {3: example("hanne-03"), 4: example("aiko-04"), 7: example("kwame-07")}
    found = threads_of(a_case(readings))
    assert [fate.rupture for fate in found.ruptures] == [each for r in readings.values() for each in r.ruptures]
    mended = [each for reading in readings.values() for each in reading.repairs if each.resolution != "none"]
    assert [fate.repair for fate in found.repairs] == mended


def test_evidence_can_be_looked_up():
    readings = {3: example("hanne-03"), 4: example("aiko-04"), 7: example("kwame-07")}
    found = threads_of(a_case(readings))
    evidence = [fate.taken_up for fate in found.ruptures if fate.taken_up]
    evidence += [each for fate in (*found.repairs, *found.straining.helped) for each in fate.evidence]
    assert evidence
    assert all(1 <= turn <= len(readings[each.session].session.turns) for each in evidence for turn in each.turns)
