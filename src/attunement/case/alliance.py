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
    ratings = case.totals(instrument.name) if instrument else check_in_means(case)
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
    asked = [each for each in case.instruments if each.domain == "alliance" and case.totals(each.name)]
    return max(asked, key=lambda each: len(case.totals(each.name)), default=None)


def check_in_means(case: Case) -> dict[int, float]:
    """The check-in's alliance, 0–10, by session, in order; sessions with too few answers are left out."""
    answers: dict[int, dict[str, float | None]] = {}
    for score in case.scores:
        if score.instrument == CHECK_IN and score.subscale and score.session is not None:
            answers.setdefault(score.session, {})[score.subscale] = score.value
    means = {session: check_in_alliance(given).alliance for session, given in sorted(answers.items())}
    return {session: mean for session, mean in means.items() if mean is not None}
