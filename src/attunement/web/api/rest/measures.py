"""Questionnaires and check-ins: what is known, scores, answers that come in."""

from __future__ import annotations

import datetime
from typing import Annotated
from uuid import UUID

from ninja import Path, Router
from pydantic import BaseModel, Field, model_validator

from attunement.measures.instruments import Instrument
from attunement.web.api import answers
from attunement.web.api.caller import Asked, Purpose, Scope
from attunement.web.api.rest.shapes import Figure, Given, Limit, Offset, Page, SessionNumber, page
from attunement.web.api.scopes import needs

router = Router(tags=["measures"])
MOST_ITEMS = 500

InstrumentName = Annotated[str, Path(max_length=50, description="such as `phq9`; PHQ-9 is understood too")]


class ItemShape(BaseModel):
    """One question of it, without its words."""

    name: str
    low: float
    high: float
    is_whole: bool


class InstrumentShape(BaseModel):
    """A questionnaire: what it measures, its items, the range and direction of its total."""

    name: str
    title: str
    measures: str
    domain: str
    items: list[ItemShape] = Field(description="empty where only totals can be sent")
    low: float
    high: float
    higher_is_better: bool
    is_validated: bool


class ScoreShape(BaseModel):
    """One score after one session; `subscale` is null for the total, `value` where too many items are missing."""

    session: int
    date: datetime.date | None
    instrument: str
    subscale: str | None
    value: float | None
    note: str | None = Field(description="how many items were missing")
    low: float
    high: float
    higher_is_better: bool
    band: str | None = Field(description="the published severity band")
    by_client: bool = Field(description="whether the client answered by a link of ours")


class AnswersGiven(Given):
    """Answers by the item's name, or the total alone; and the date of a session that is not there yet."""

    items: Annotated[dict[Annotated[str, Field(max_length=100)], Figure] | None, Field(max_length=MOST_ITEMS)] = None
    total: Figure | None = None
    date: datetime.date | None = None

    @model_validator(mode="after")
    def is_one_of_both(self) -> AnswersGiven:
        """Either the items or the total."""
        if (self.items is None) == (self.total is None):
            raise ValueError("give either items or total")
        return self


@router.get(
    "/instruments",
    response=Page[InstrumentShape],
    url_name="api-instruments",
    summary="All questionnaires that this clinic knows",
    **needs(Scope.MEASURES_READ),
)
def list_instruments(request: Asked, limit: Limit = 100, offset: Offset = 0) -> Page[InstrumentShape]:
    """Names and items as answers are to be sent; none of their words."""
    return page(request, answers.known_to(request.caller.user.clinic), limit, offset, _instrument)


@router.get(
    "/clients/{client}/measures",
    response=Page[ScoreShape],
    url_name="api-measures",
    summary="All scores of a client",
    **needs(Scope.MEASURES_READ),
)
def list_scores(
    request: Asked, client: UUID, instrument: str | None = None, limit: Limit = 100, offset: Offset = 0
) -> Page[ScoreShape]:
    """Totals and subscales, in the order of the sessions; of one instrument where it is named."""
    found = request.caller.client(client, Purpose.READ, what="scores")
    known = answers.known_to(found.clinic)
    wanted = answers.instrument_named(instrument, known) if instrument else None
    scores = [score for score in answers.scores_of(found, known) if wanted in (None, score.instrument)]
    return page(request, scores, limit, offset, _score)


@router.put(
    "/clients/{client}/sessions/{number}/measures/{instrument}",
    response=list[ScoreShape],
    url_name="api-answers",
    summary="Send the answers to a questionnaire",
    **needs(Scope.MEASURES_WRITE),
)
def keep_answers(
    request: Asked, client: UUID, number: SessionNumber, instrument: InstrumentName, given: AnswersGiven
) -> list[ScoreShape]:
    """What they come to. Sent twice, they are kept once; others take the place of those sent before.

    What a client answered by a link is never overwritten. A session that is not there is added.
    """
    found = request.caller.client(client, Purpose.CARE, what=f"answers after session {number}")
    known = answers.known_to(found.clinic)
    kept = answers.keep(
        found,
        answers.instrument_named(instrument, known),
        session=number,
        date=given.date,
        items=given.items,
        total=given.total,
    )
    return [_score(score) for score in answers.scores_in(kept, known)]


def _instrument(instrument: Instrument) -> InstrumentShape:
    return InstrumentShape(
        name=instrument.name,
        title=instrument.title,
        measures=instrument.measures,
        domain=instrument.domain,
        items=[
            ItemShape(name=item.name, low=item.low, high=item.high, is_whole=item.is_whole) for item in instrument.items
        ],
        low=instrument.low,
        high=instrument.high,
        higher_is_better=instrument.higher_is_better,
        is_validated=instrument.is_validated,
    )


def _score(score: answers.ScoreOut) -> ScoreShape:
    scale = score.scale
    return ScoreShape(
        session=score.session,
        date=score.date,
        instrument=score.instrument.name,
        subscale=scale.name,
        value=score.value,
        note=score.note,
        low=scale.low,
        high=scale.high,
        higher_is_better=scale.higher_is_better,
        band=None if score.value is None else scale.band(score.value),
        by_client=score.by_client,
    )
