"""Answers to items that ask about danger, as they were given: shown, never assessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Window
from django.db.models.functions import RowNumber

from attunement.web.checkins.models import Answers, Link
from attunement.web.clients.models import Client
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.questionnaires.words import values


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer other than the lowest to an item that asks about danger. `says` and `lowest` are words of answers.

    `by_link` says whether the client gave it here and so was shown whom to call.
    """

    title: str
    item: str
    says: str
    lowest: str
    session: int
    at: datetime
    by_link: bool


def raw_answers(clients: Iterable[Client]) -> dict[UUID, list[RawAnswer]]:
    """For each client who gave one when last asked, by the client's id. Three queries, however many clients."""
    clients = list(clients)
    asked = _asking_about_danger({client.clinic_id for client in clients})
    if not asked:
        return {}
    newest = _newest([client.pk for client in clients], {name for _clinic, name in asked})
    answered = Answers.objects.filter(pk__in=newest).select_related("client", "session")
    found: dict[UUID, list[RawAnswer]] = {}
    for answers in answered:
        questionnaire = asked.get((answers.client.clinic_id, answers.instrument))
        given = _given(answers, questionnaire) if questionnaire else []
        if given:
            found.setdefault(answers.client_id, []).extend(given)
    return found


def tells_of_danger(link: Link) -> bool:
    """Whether an answer by this link is one, so that the client is shown whom to call."""
    asked = _asking_about_danger({link.client.clinic_id})
    names = [name for _clinic, name in asked]
    answered = Answers.objects.filter(link=link, instrument__in=names).select_related("session") if names else ()
    return any(_given(answers, asked[link.client.clinic_id, answers.instrument]) for answers in answered)


def _newest(clients: list[UUID], names: set[str]) -> list[UUID]:
    """The last answers of each client to each of these. The database ranks them: a clinic has thousands."""
    newest_first = Window(RowNumber(), partition_by=["client", "instrument"], order_by=["-session__number"])
    ranked = Answers.objects.filter(client__in=clients, instrument__in=names).annotate(rank=newest_first)
    return list(ranked.filter(rank=1).values_list("pk", flat=True))


def _asking_about_danger(clinics: set[UUID]) -> dict[tuple[UUID, str], Questionnaire]:
    found = Questionnaire.objects.filter(clinic__in=clinics)
    return {(each.clinic_id, each.name): each for each in found if each.risk_items}


def _given(answers: Answers, questionnaire: Questionnaire) -> list[RawAnswer]:
    words = questionnaire.said
    found = []
    for item in questionnaire.instrument.items:
        lowest, value = values(item)[0], (answers.items or {}).get(item.name)
        if item.name in questionnaire.risk_items and value is not None and value > lowest:
            found.append(
                RawAnswer(
                    title=questionnaire.instrument.title,
                    item=item.name,
                    says=words.label(item, value),
                    lowest=words.label(item, lowest),
                    session=answers.session.number,
                    at=answers.at,
                    by_link=answers.link_id is not None,
                )
            )
    return found
