"""A client's own course in plain words: how it was last time, and whether that is more or less than before.

Never a category, a cut-off or a diagnosis: only what they answered, next to what they answered before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attunement.measures.scoring import score_answers
from attunement.web.checkins.models import Answers
from attunement.web.checkins.picture import Picture, picture
from attunement.web.checkins.questions import CHECK_IN, HIGHEST, OURS, Words
from attunement.web.clients.models import Client
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.questionnaires.words import key

# Less than a fifth of the range between the last time and the usual is how days differ.
NOTEWORTHY = 0.2


@dataclass(frozen=True, slots=True)
class Line:
    """One question, or one questionnaire: words for the last answer, all answers, and their picture."""

    asks: Words
    says: str
    values: tuple[tuple[int, str], ...]
    low: Words
    high: Words
    picture: Picture


def own_course(client: Client) -> list[Line]:
    """A line for each rating and each questionnaire that was ever answered, as far as the clinic shows it."""
    answered = list(Answers.objects.filter(client=client).select_related("session").order_by("session__number", "at"))
    set_up = Questionnaire.objects.filter(clinic=client.clinic, shows_course=True)
    return [*_ratings(answered), *(line for each in set_up if (line := _questionnaire(each, answered)))]


def _ratings(answered: Sequence[Answers]) -> list[Line]:
    ours = [answers for answers in answered if answers.instrument == OURS]
    lines = []
    for question in CHECK_IN:
        points = [
            (answers.session.number, value) for answers in ours if (value := _item(answers, question.name)) is not None
        ]
        if points:
            lines.append(_line(question.asks, points, 0, HIGHEST, question.low, question.high))
    return lines


def _questionnaire(questionnaire: Questionnaire, answered: Sequence[Answers]) -> Line | None:
    own = [answers for answers in answered if answers.instrument == questionnaire.name]
    points = [
        (answers.session.number, value) for answers in own if (value := _total(answers, questionnaire)) is not None
    ]
    if not points:
        return None
    instrument = questionnaire.instrument
    low, high = key(instrument.low), key(instrument.high)
    best = _("%(number)s, the best there is")
    if instrument.higher_is_better:
        return _line(questionnaire.heading, points, instrument.low, instrument.high, low, best % {"number": high})
    return _line(questionnaire.heading, points, instrument.low, instrument.high, best % {"number": low}, high)


def _item(answers: Answers, name: str) -> float | None:
    value = (answers.items or {}).get(name)
    return None if value is None else float(value)


def _total(answers: Answers, questionnaire: Questionnaire) -> float | None:
    if answers.total is not None:
        return float(answers.total)
    return score_answers(questionnaire.instrument, answers.items or {})[0].value


def _line(asks: Words, points: list[tuple[int, float]], low: float, high: float, at_low: Words, at_high: Words) -> Line:
    return Line(
        asks=asks,
        says=_says([value for _session, value in points], high - low, high),
        values=tuple((session, _rounded(value)) for session, value in points),
        low=at_low,
        high=at_high,
        picture=picture(points, low, high),
    )


def _says(values: list[float], span: float, high: float) -> str:
    words = {"last": _rounded(values[-1]), "high": key(high)}
    if len(values) == 1:
        return _("%(last)s of %(high)s, your first answer.") % words
    before = sum(values[:-1]) / len(values[:-1])
    words["before"] = f"{before:.0f}"
    if values[-1] - before >= NOTEWORTHY * span:
        return _("%(last)s of %(high)s, more than before (about %(before)s).") % words
    if values[-1] - before <= -NOTEWORTHY * span:
        return _("%(last)s of %(high)s, less than before (about %(before)s).") % words
    return _("%(last)s of %(high)s, much as before.") % words


def _rounded(value: float) -> str:
    return key(round(value, 1))
