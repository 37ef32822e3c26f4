"""Questionnaires and ratings as records: change, sudden gains, the expected course, the course of the alliance."""

from __future__ import annotations

from typing import Any

from attunement.case.findings import MeasureChange, Point
from attunement.measures.alliance import AllianceCourse
from attunement.measures.course import ExpectedCourse
from attunement.measures.gains import SuddenGain
from attunement.reports.case.records.pieces import number, points


def change_record(change: MeasureChange) -> dict[str, Any]:
    """How one questionnaire moved; `index` is positive for the better."""
    return {
        "instrument": change.instrument,
        "first": _point(change.first),
        "last": _point(change.last),
        "index": number(change.index),
        "reliable": change.reliable,
        "category": change.category,
        "gains": [_step(gain) for gain in change.gains],
        "losses": [_step(loss) for loss in change.losses],
        "expected": None if change.expected is None else _expected(change.expected),
    }


def _point(point: Point) -> dict[str, Any]:
    return points([point])[0]


def _step(step: SuddenGain) -> dict[str, Any]:
    return {
        "after_session": step.after_session,
        "before": number(step.before),
        "after": number(step.after),
        "magnitude": number(step.magnitude),
        "share": number(step.share),
        "reversed": step.reversed,
    }


def _expected(course: ExpectedCourse) -> dict[str, Any]:
    return {
        "judgement": course.judgement,
        "sentence": course.sentence,
        "caution": course.caution,
        "first_alarm": course.first_alarm,
    }


def alliance_record(course: AllianceCourse) -> dict[str, Any]:
    """The ratings of the relationship; `ruptures` and `repairs` are null where there are too few to look for any."""
    growth = course.growth
    return {
        "ratings": [number(rating) for rating in course.ratings],
        "sd": number(course.sd),
        "probable_ruptures": None
        if course.ruptures is None
        else [
            {
                "session": fall.session,
                "worst_session": fall.worst_session,
                "before": number(fall.before),
                "worst": number(fall.worst),
                "drop": number(fall.drop),
                "in_sd": number(fall.in_sd),
                "criteria": list(fall.criteria),
                "recovered": fall.recovered,
                "sessions_to_recovery": fall.sessions_to_recovery,
                "shape": fall.shape,
            }
            for fall in course.ruptures
        ],
        "probable_repairs": None
        if course.repairs is None
        else [
            {"session": each.session, "rupture_session": each.rupture_session, "gain": number(each.gain)}
            for each in course.repairs
        ],
        "growth": None
        if growth is None
        else {
            "slope": number(growth.slope),
            "interval": [number(bound) for bound in growth.interval],
            "level": number(growth.level),
        },
        "growing": course.growing,
        "shape": course.shape,
        "reasons": list(course.reasons),
        "caveat": course.caveat,
    }
