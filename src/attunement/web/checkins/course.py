"""A client's own course in plain words: how it was last time, and whether that is more or less than before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from attunement.web.checkins.models import Answers
from attunement.web.checkins.questions import CHECK_IN, Words
from attunement.web.clients.models import Client

NOTEWORTHY = 2  # points of ten between the last time and the usual; less is how days differ


@dataclass(frozen=True, slots=True)
class Line:
    """One question: the last answer, and words for it."""

    asks: Words
    last: int
    says: str


def own_course(client: Client) -> list[Line]:
    """A line for each question that was ever answered."""
    answered = Answers.objects.filter(client=client, instrument="check_in").order_by("session__number", "at")
    given = [answers.items or {} for answers in answered]
    lines = []
    for question in CHECK_IN:
        values = [items[question.name] for items in given if items.get(question.name) is not None]
        if values:
            lines.append(Line(question.asks, int(values[-1]), _says(values)))
    return lines


def _says(values: list[float]) -> str:
    if len(values) == 1:
        return _("%(last)d of 10, your first answer.") % {"last": values[-1]}
    before = sum(values[:-1]) / len(values[:-1])
    difference = values[-1] - before
    words = {"last": values[-1], "before": round(before)}
    if difference >= NOTEWORTHY:
        return _("%(last)d of 10, more than before (about %(before)d).") % words
    if difference <= -NOTEWORTHY:
        return _("%(last)d of 10, less than before (about %(before)d).") % words
    return _("%(last)d of 10, much as before.") % words
