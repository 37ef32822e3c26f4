"""A high rating, and yet much left unsaid: by the client's own word, or because drawing back went unnoticed."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.findings import Evidence, HiddenStrain
from attunement.case.hidden_strain.worth import WORTH_ASKING
from attunement.case.rapport import Rapport, rating
from attunement.case.record import Case, CaseSession
from attunement.case.wording import of_range, of_ten, turn_span
from attunement.episodes.model import Rupture

# Well above the middle of 0–10: more was left unsaid than not.
MUCH_UNSAID = 7


def find(case: Case, rapport: Rapport | None) -> Iterator[HiddenStrain]:
    """One question for each well rated session in which much seems to have stayed unsaid."""
    if rapport is None:
        return
    left_unsaid = {point.session: point.value for point in rating(case, "unsaid") if point.value >= MUCH_UNSAID}
    for session in case.sessions:
        if not rapport.is_without_complaint(session.number):
            continue
        rupture = unnoticed_withdrawal(session)
        if session.number in left_unsaid:
            yield _by_their_word(session, rapport, left_unsaid[session.number], rupture)
        elif rupture is not None:
            yield _by_the_transcript(session, rapport, rupture)


def unnoticed_withdrawal(session: CaseSession) -> Rupture | None:
    """The surest withdrawal in the session that neither of the two took up."""
    if session.reading is None:
        return None
    passed_by = [
        rupture
        for rupture in session.reading.ruptures
        if rupture.noticed == "not_taken_up" and rupture.kind != "confrontation" and rupture.confidence >= WORTH_ASKING
    ]
    return max(passed_by, key=lambda rupture: rupture.confidence, default=None)


def _by_their_word(session: CaseSession, rapport: Rapport, unsaid: float, rupture: Rupture | None) -> HiddenStrain:
    number = session.number
    evidence = [Evidence(number, measure="unsaid", value=unsaid), rapport.evidence(number)]
    if rupture is not None:
        evidence.append(Evidence(number, rupture.evidence))
    return HiddenStrain(
        kind="rated_well_but_unsaid",
        session=number,
        question=f"Session {number} got a fair rating ({of_range(rapport, number)}), and yet something important "
        f"stayed unsaid ({of_ten(unsaid)}). What might be easier not to say here?",
        evidence=tuple(evidence),
        confidence=None,
    )


def _by_the_transcript(session: CaseSession, rapport: Rapport, rupture: Rupture) -> HiddenStrain:
    number = session.number
    return HiddenStrain(
        kind="rated_well_but_unsaid",
        session=number,
        question=f"Session {number} got a fair rating ({of_range(rapport, number)}), and yet the client may have drawn "
        f"back ({turn_span(rupture.start, rupture.end)}) without either of you coming to speak of it. Was the "
        "rating kinder than the hour?",
        evidence=(Evidence(number, rupture.evidence), rapport.evidence(number)),
        confidence=rupture.confidence,
    )
