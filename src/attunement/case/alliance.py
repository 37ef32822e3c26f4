"""The alliance of a case as the client rated it: one questionnaire if there is one, else the check-in's mean."""

from __future__ import annotations

from attunement.case.record import Case
from attunement.measures.alliance import AllianceCourse, alliance_course, check_in_alliance
from attunement.measures.instruments import Instrument

CHECK_IN = "check_in"


def alliance_of(case: Case) -> AllianceCourse | None:
    """The course of the alliance, place 0 being session 1; None where it was never rated.

    Of several alliance questionnaires the one answered most often is taken. The check-in's alliance is the mean of
    understood, safe, goals and fit, 0–10, and is not validated.
    """
    instrument = alliance_instrument(case)
    ratings = _of(case, instrument) if instrument else _check_ins(case)
    if not ratings:
        return None
    numbers = range(1, max(ratings) + 1)
    norm = instrument.total.norm("clinical") if instrument else None
    return alliance_course(
        [ratings.get(number) for number in numbers],
        between_sd=norm.sd if norm else None,
        best_rating=instrument.high if instrument else 10.0,
    )


def alliance_instrument(case: Case) -> Instrument | None:
    """The alliance questionnaire answered most often; None where there is the check-in at most."""
    asked = [each for each in case.instruments if each.domain == "alliance" and _of(case, each)]
    return max(asked, key=lambda each: len(_of(case, each)), default=None)


def _of(case: Case, instrument: Instrument) -> dict[int, float]:
    return {
        score.session: score.value
        for score in case.scores.of(instrument.name)
        if score.session is not None and score.value is not None
    }


def _check_ins(case: Case) -> dict[int, float]:
    answers: dict[int, dict[str, float | None]] = {}
    for score in case.scores:
        if score.instrument == CHECK_IN and score.subscale and score.session is not None:
            answers.setdefault(score.session, {})[score.subscale] = score.value
    means = {session: check_in_alliance(given).alliance for session, given in answers.items()}
    return {session: mean for session, mean in means.items() if mean is not None}
