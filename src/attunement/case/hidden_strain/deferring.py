"""Agreeing and pleasing beside a high rating: the rating may be one more way of keeping the therapist happy."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.findings import HiddenStrain
from attunement.case.hidden_strain.worth import WORTH_ASKING
from attunement.case.rapport import Rapport
from attunement.case.record import Case
from attunement.case.signs import chance_of_two, shown, signs
from attunement.case.wording import of_range


def find(case: Case, rapport: Rapport | None) -> Iterator[HiddenStrain]:
    """One question for each well rated session in which the client seems to have deferred more than once."""
    if rapport is None:
        return
    for session in case.read:
        deferred = signs(session.reading, ["deferential"]) if session.reading else ()
        chance = chance_of_two(deferred)
        if rapport.is_without_complaint(session.number) and chance >= WORTH_ASKING:
            yield HiddenStrain(
                kind="deferring",
                session=session.number,
                question=f"In session {session.number} the client agreed or praised rather quickly, and rated it "
                f"well ({of_range(rapport, session.number)}). Would they have room to tell you if something did not "
                "suit them?",
                evidence=(shown(session, deferred), rapport.evidence(session.number)),
                confidence=chance,
            )
