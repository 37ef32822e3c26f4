"""Invented findings of a case, with everything in them, and the findings of a case of which hardly anything is known.

The words are those of an authored case (`corpus/sessions/aiko-…`), read by the stand-in for coder and finder; every
figure is made up. Good for testing whatever comes after the findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from attunement.case.findings import (
    Alert,
    BeforeNext,
    Belief,
    CarryOver,
    CaseFindings,
    Contradiction,
    Evidence,
    Fit,
    Frame,
    FrameBeside,
    HiddenStrain,
    MeasureChange,
    OpenThread,
    Point,
    RepairFate,
    Response,
    RuptureFate,
    Straining,
    Threads,
    Trajectory,
)
from attunement.case.record import Case, CaseSession, Event
from attunement.episodes.model import SessionReading
from attunement.evaluation.coded import read_coded
from attunement.measures.alliance.model import AllianceCourse, Growth, ProbableRepair, ProbableRupture
from attunement.measures.answers.model import Score, Scores
from attunement.measures.gains import SuddenGain
from attunement.measures.instruments import instrument
from stand_in import stand_in

SESSIONS = Path(__file__).parents[1] / "corpus" / "sessions"
FIRST = date(2024, 2, 8)
READ = (2, 4, 5, 8)
PHQ = {1: 17, 2: 16, 3: 17, 4: 18, 5: 17, 7: 10, 8: 8, 9: 7}
CHECK_IN: dict[str, dict[int, float]] = {
    "understood": {1: 7, 2: 7, 3: 8, 4: 8, 5: 7, 7: 8, 8: 9, 9: 9},
    "safe": {1: 7, 2: 7, 3: 8, 4: 8, 5: 6, 7: 8, 8: 9, 9: 9},
    "goals": {1: 7, 2: 7, 3: 8, 4: 8, 5: 7, 7: 8, 8: 9, 9: 9},
    "fit": {1: 7, 2: 7, 3: 8, 4: 8, 5: 6, 7: 7, 8: 8, 9: 9},
    "unsaid": {1: 5, 2: 6, 3: 6, 4: 9, 5: 5, 7: 3, 8: 2, 9: 2},
}
ALLIANCE = (7.0, 7.0, 8.0, 8.0, 6.5, None, 7.75, 8.75, 9.0)
LATE = Event("late", 3, by="client", minutes=12, note="the storm")
CANCELLED = Event("cancelled", 6, by="therapist", note="flu")
KEPT = Event("agreement", 5, note="ask twice when she goes quiet", kept=True, due=7)
BROKEN = Event("agreement", 2, note="send the link for the other voice", kept=False, due=3)
OPEN = Event("agreement", 8, note="ask Greg for the week of Obon", due=10)
TIRED = Event("therapist_state", 4, state="tired", note="fourth session in a row")
FEE = Event("fee", 7, note="the free sessions were extended to twelve")


def full_case() -> CaseFindings:
    """Nine sessions of an invented therapy, four of them with transcripts; something in every part."""
    case = _case(_readings())
    return CaseFindings(
        case=case,
        trajectories=_trajectories(case),
        changes=_changes(),
        alliance=_alliance(),
        beliefs=_beliefs(case),
        threads=_threads(case),
        hidden=_hidden(),
        frame=Frame(
            agreements_kept=(1, 1, 1),
            broken=(BROKEN,),
            late=(LATE,),
            cancelled=(CANCELLED,),
            changed=(FEE,),
            therapist_strained=(TIRED,),
            beside_dips=(FrameBeside(5, (TIRED,), Evidence(5, measure="safe", value=6)),),
        ),
        fit=Fit("growing", 0.2, (0.04, 0.36), (Evidence(5, turns=(53, 54)),), (Evidence(9, measure="fit", value=9),)),
        alerts=_alerts(),
        before_next=_before_next(),
    )


def almost_empty_case() -> CaseFindings:
    """One session, no transcript that could be read, no score, no event."""
    return CaseFindings(
        case=Case(
            client="Nobody yet",
            sessions=(CaseSession(1),),
            scores=Scores(()),
            notes=("Session 1 could not be read: notes.pdf is a format that is not known.",),
        ),
        trajectories=(),
        changes=(),
        alliance=None,
        beliefs=(),
        threads=Threads((), (), (), Straining(None, 0.0, 0.0, (), ())),
        hidden=(),
        frame=Frame((0, 0, 0), (), (), (), (), (), ()),
        fit=Fit("too_early", None, None, (), ()),
        alerts=(),
        before_next=BeforeNext(2, (), (), ()),
    )


def case_of_words(said: Sequence[str]) -> CaseFindings:
    """The full case with other words in place of all that people wrote or said, in turn."""
    full, words = full_case(), cycle(said)

    def with_words(reading: SessionReading | None) -> SessionReading | None:
        if reading is None:
            return None
        turns = tuple(replace(turn, text=next(words)) for turn in reading.session.turns)
        return replace(reading, session=replace(reading.session, turns=turns, warnings=(next(words),)))

    case = full.case
    sessions = tuple(replace(session, reading=with_words(session.reading)) for session in case.sessions)
    events = tuple(replace(event, note=next(words)) for event in case.events)
    threads = tuple(replace(thread, title=next(words)) for thread in full.before_next.left_open)
    return replace(
        full,
        case=replace(case, client=next(words), sessions=sessions, events=events, notes=(next(words),)),
        frame=replace(full.frame, broken=tuple(replace(event, note=next(words)) for event in full.frame.broken)),
        hidden=tuple(replace(each, question=next(words)) for each in full.hidden),
        before_next=replace(full.before_next, left_open=threads),
    )


def crowded_case() -> CaseFindings:
    """The full case with as much as there can be on the page before the next session, and long words in all of it."""
    full = full_case()
    thread = OpenThread(
        Evidence(5, turns=(28,)),
        "A strain between the two of you that may be open (session 5, turns 28–46)",
        "It returns, and nothing lived has contradicted it yet as far as the transcripts show.",
        "You might say that it can stay unsaid here, and that you would be glad to hear it when it is time.",
    )
    response = Response("senses_unspoken", 5.4, 3.9, 0.72, (0.31, 0.94), (Evidence(5, turns=(13, 28)),))
    strengths = tuple(Evidence(8, turns=(turn,)) for turn in (10, 16, 32, 48))
    return replace(full, before_next=BeforeNext(10, (thread,) * 6, (response,) * 3, strengths))


def long_case(count: int) -> CaseFindings:
    """The full case with `count` sessions, most of them known by a score only."""
    full = full_case()
    more = tuple(CaseSession(number, _date(number)) for number in range(10, count + 1))
    case = replace(full.case, sessions=(*full.case.sessions, *more))
    points = tuple(Point(session.number, 7 + session.number % 4) for session in more)
    phq, *rest = full.trajectories
    return replace(full, case=case, trajectories=(replace(phq, points=(*phq.points, *points)), *rest))


def _readings() -> dict[int, SessionReading]:
    return {number: stand_in(read_coded(SESSIONS / f"aiko-{number:02d}.txt"), seed=number) for number in READ}


def _date(number: int) -> date:
    return FIRST + timedelta(weeks=number - 1)


def _case(readings: dict[int, SessionReading]) -> Case:
    sessions = tuple(
        CaseSession(
            number, _date(number), readings.get(number), f"aiko-{number:02d}.txt" if number in readings else None
        )
        for number in range(1, 10)
    )
    measures = {("phq9", None): PHQ, **{("check_in", name): values for name, values in CHECK_IN.items()}}
    given = [(*names, session, value) for names, values in measures.items() for session, value in values.items()]
    scores = [
        Score("Aiko", session, _date(session), instrument, part, float(value), row)
        for row, (instrument, part, session, value) in enumerate(given, start=2)
    ]
    return Case(
        client="Aiko",
        sessions=sessions,
        scores=Scores(tuple(scores)),
        events=(BROKEN, LATE, TIRED, KEPT, CANCELLED, FEE, OPEN),
        instruments=(instrument("phq9"), instrument("check_in")),
        notes=("measures.csv, row 31: 'phq9' is 41, but goes from 0 to 27; left out.",),
    )


def _points(values: Mapping[int, float]) -> tuple[Point, ...]:
    return tuple(Point(session, float(value)) for session, value in values.items())


def _trajectories(case: Case) -> tuple[Trajectory, ...]:
    rates = {s.number: s.reading.attunement for s in case.read if s.reading}
    attunement = tuple(
        Point(number, each.rate, *(each.interval or (None, None)))
        for number, each in rates.items()
        if each.rate is not None
    )
    return (
        Trajectory("phq9", "distress", (0, 27), False, _points(PHQ)),
        *(Trajectory(name, "check-in", (0, 10), name != "unsaid", _points(v)) for name, v in CHECK_IN.items()),
        Trajectory("attunement", "reading", (0, 1), True, attunement),
        Trajectory("strain", "reading", (0, 1), False, _points({2: 0.16, 4: 0.58, 5: 0.41, 8: 0.09})),
        Trajectory("openness", "reading", (0, 1), True, _points({2: 0.22, 4: 0.05, 5: 0.31, 8: 0.52})),
    )


def _changes() -> tuple[MeasureChange, ...]:
    gain = SuddenGain(after_session=5, before=17, after=10, magnitude=7, share=0.7, reversed=False)
    return (
        MeasureChange("phq9", Point(1, 17), Point(9, 7), 4.1, "improved", "recovered", gains=(gain,)),
        MeasureChange("sleep", Point(1, 4), Point(9, 6.5), None, None, None),
    )


def _alliance() -> AllianceCourse:
    dip = ProbableRupture(
        session=5,
        worst_session=5,
        before=8.0,
        worst=6.5,
        drop=1.5,
        in_sd=1.7,
        criteria=("1 SD below last", "Tukey chart"),
        recovered=True,
        sessions_to_recovery=2,
        shape="V",
    )
    return AllianceCourse(
        ratings=ALLIANCE,
        sd=0.88,
        ruptures=(dip,),
        repairs=(ProbableRepair(7, 5, 1.25),),
        growth=Growth(0.2, (0.04, 0.36), 0.9),
        growing=True,
        shape="growth",
        reasons=(),
    )


def _beliefs(case: Case) -> tuple[Belief, ...]:
    corrective = _reading(case, 8).correctives[0]
    cold = Belief(
        words=Evidence(2, turns=(30,)),
        voiced=(Evidence(5, turns=(20,)), Evidence(2, turns=(30,)), Evidence(5, turns=(46,)), Evidence(8, turns=(36,))),
        confidence=0.78,
        strength=(Point(2, 0.61), Point(4, 0.55), Point(5, 0.83), Point(8, 0.31)),
        contradicted=(Contradiction(8, corrective),),
        new_views=(Evidence(8, turns=(16,)), Evidence(8, turns=(40,))),
        lived_outside=(Evidence(8, turns=(10,)),),
        understood=(Evidence(5, turns=(40,)),),
        loosened="experience",
    )
    smaller = Belief(
        words=Evidence(5, turns=(40,)),
        voiced=(Evidence(5, turns=(40,)), Evidence(2, turns=(52,))),
        confidence=0.46,
        strength=(Point(2, 0.4), Point(4, 0.35), Point(5, 0.62), Point(8, 0.33)),
        contradicted=(),
        new_views=(),
        lived_outside=(),
        understood=(Evidence(8, turns=(42,)),),
        loosened="insight",
    )
    once = replace(smaller, words=Evidence(4, turns=(30,)), voiced=(Evidence(4, turns=(30,)),), confidence=0.38)
    return (cold, smaller, replace(once, strength=(Point(4, 0.5),), understood=(), loosened=None))


def _threads(case: Case) -> Threads:
    missed = _reading(case, 2).ruptures[0]
    late = _reading(case, 4).ruptures[0]
    noticed = _reading(case, 5).ruptures[0]
    corrective = _reading(case, 8).correctives[0]
    asked = Response(
        "senses_unspoken", 5.4, 3.9, 0.72, (0.31, 0.94), (Evidence(5, turns=(15, 18)), Evidence(8, turns=(57, 58)))
    )
    owned = Response("acknowledge_part", 6.1, 3.6, 0.59, (0.24, 0.87), (Evidence(5, turns=(31, 32)),))
    pressed = Response("redirect", 2.2, 0.3, None, None, (Evidence(4, turns=(27, 28)),))
    return Threads(
        ruptures=(
            RuptureFate(2, missed, "missed", None, 0.61),
            RuptureFate(4, late, "late", Evidence(5, turns=(15, 16)), 0.74),
            RuptureFate(5, noticed, "in_session", None, 0.88),
            RuptureFate(8, replace(missed, start=30, end=34, evidence=(32, 34)), "open", None, 0.5),
        ),
        carry_overs=(CarryOver(8, corrective, (Evidence(8, turns=(10,)),), 0.57),),
        repairs=(
            RepairFate(5, _reading(case, 5).repairs[0], True, (Evidence(7, measure="safe", value=8),)),
            RepairFate(8, replace(_reading(case, 5).repairs[0], start=29, end=38), None, ()),
        ),
        straining=Straining(
            "withdrawal",
            0.89,
            0.11,
            (("deferential", 5.2), ("abstract_talk", 2.9), ("denial", 1.4)),
            (asked, owned, pressed),
        ),
    )


def _hidden() -> tuple[HiddenStrain, ...]:
    return (
        HiddenStrain(
            "rated_well_but_unsaid",
            4,
            "The session was rated well, and much was left unsaid. What was it that could not be said?",
            (Evidence(4, measure="unsaid", value=9), Evidence(4, measure="understood", value=8)),
            0.68,
        ),
        HiddenStrain(
            "deferring",
            4,
            "She thanked and agreed throughout. Was that agreement, or a way of going quiet?",
            (Evidence(4, turns=(34, 40, 44)),),
            0.55,
        ),
    )


def _alerts() -> tuple[Alert, ...]:
    return (
        Alert(
            "unrepaired_rupture",
            "A withdrawal in session 2 was not taken up then or later, as far as the transcripts show.",
            (Evidence(2, turns=(54, 56, 58)),),
            0.61,
            "The transcripts of sessions 2, 4, 5 and 8 were looked through",
            "Make room first: say that the app may have been decided over her head, and that it may be said now.",
            0.71,
        ),
        Alert(
            "hidden_strain",
            "Session 4 was rated well while much was left unsaid.",
            (Evidence(4, measure="unsaid", value=9), Evidence(4, turns=(40,))),
            0.68,
            "The check-in and the transcript of session 4 do not agree.",
            "Ask, and ask again, what was not said that day; receive whatever comes before explaining anything.",
            0.52,
        ),
        Alert(
            "probable_rupture",
            "The ratings of session 5 fell by 1.5 points; they were back by session 7.",
            (Evidence(5, measure="safe", value=6), Evidence(5, measure="fit", value=6)),
            None,
            "Ratings only; such drops are unreliable markers of a rupture.",
            "Ask how session 5 has stayed with her.",
            0.2,
        ),
    )


def _before_next() -> BeforeNext:
    return BeforeNext(
        session=10,
        left_open=(
            OpenThread(
                Evidence(8, turns=(60,)),
                "The week at home, for Obon",
                "It came last on her list and she called it not so important.",
                "You might ask whether she asked for the week, and what she expected to happen.",
            ),
            OpenThread(
                Evidence(2, turns=(52,)),
                "The breathing track she did for someone else's sake",
                "She agreed to do it every night; nobody came back to it.",
                "You might say that it is welcome to be dropped.",
            ),
            OpenThread(
                None,
                "The agreement to ask Greg for the week",
                "It is not known yet whether it was kept.",
                "You might ask.",
            ),
        ),
        helped_before=(
            Response("senses_unspoken", 5.4, 3.9, 0.72, (0.31, 0.94), (Evidence(5, turns=(15, 18)),)),
            Response("acknowledge_part", 6.1, 3.6, 0.59, (0.24, 0.87), (Evidence(5, turns=(31, 32)),)),
        ),
        strengths=(Evidence(8, turns=(10,)), Evidence(8, turns=(34,)), Evidence(9, measure="phq9", value=7)),
    )


def _reading(case: Case, number: int) -> SessionReading:
    reading = case.session(number).reading
    assert reading is not None
    return reading
