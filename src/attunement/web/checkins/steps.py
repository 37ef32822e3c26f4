"""The parts of one check-in, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.web.checkins.models import Link
from attunement.web.checkins.questions import OURS
from attunement.web.questionnaires.models import Questionnaire


@dataclass(frozen=True, slots=True)
class Step:
    """One page: our own ratings, where `questionnaire` is None, or a questionnaire; the `number`th of `count`."""

    name: str
    number: int
    count: int
    questionnaire: Questionnaire | None


def next_step(link: Link) -> Step | None:
    """What is to be answered next; None when all was sent. A questionnaire that was removed is passed over."""
    set_up = {
        each.name: each for each in Questionnaire.objects.filter(clinic=link.client.clinic, name__in=link.instruments)
    }
    names = [name for name in link.instruments if name in set_up or (name == OURS and link.session is not None)]
    still_open = [name for name in names if name in link.open_steps]
    if not still_open:
        return None
    name = still_open[0]
    return Step(name, names.index(name) + 1, len(names), set_up.get(name))
