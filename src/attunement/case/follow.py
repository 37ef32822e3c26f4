"""A case in, everything found in it out: the parts of this package, one after the other."""

from __future__ import annotations

from attunement.case.alerts import alerts_of
from attunement.case.alliance import alliance_of
from attunement.case.before_next import before_next_of
from attunement.case.beliefs import beliefs_of
from attunement.case.changes import changes_of
from attunement.case.findings import CaseFindings
from attunement.case.fit import fit_of
from attunement.case.frame import frame_of
from attunement.case.hidden_strain import hidden_strain_of
from attunement.case.inferred import InferredCourse, courses_of, inferred_of, why_not_inferred
from attunement.case.record import Case
from attunement.case.threads import threads_of
from attunement.case.trajectories import trajectories_of
from attunement.errors import InputError


def follow_case(case: Case, *, model: bool = False) -> CaseFindings:
    """Read sessions, measures and events of one client together; with `model`, infer its hidden course too.

    Raises:
        InputError: when the model is asked for and cannot tell, or its extra is not installed.
    """
    inferred = _inferred(case) if model else None
    changes, alliance = changes_of(case), alliance_of(case)
    threads, beliefs = threads_of(case), beliefs_of(case)
    hidden, frame, fit = hidden_strain_of(case, alliance), frame_of(case, alliance), fit_of(case, alliance)
    alerts = alerts_of(case, changes, alliance, threads, hidden, frame, fit)
    return CaseFindings(
        case=case,
        trajectories=(*trajectories_of(case), *courses_of(inferred)),
        changes=changes,
        alliance=alliance,
        beliefs=beliefs,
        threads=threads,
        hidden=hidden,
        frame=frame,
        fit=fit,
        alerts=alerts,
        before_next=before_next_of(case, threads, beliefs, alerts, hidden),
        inferred=inferred,
    )


def _inferred(case: Case) -> InferredCourse:
    found = inferred_of(case)
    if found is None:
        raise InputError(f"The model cannot be asked: {why_not_inferred(case)}")
    return found
