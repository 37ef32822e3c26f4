"""What is open with each client, the most urgent first. A constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from attunement.web.alerts.open import open_alerts, with_kept
from attunement.web.checkins.danger import RawAnswer, raw_answers
from attunement.web.checkins.models import FeltOff, Sight
from attunement.web.clients.evidence import shown
from attunement.web.clients.models import Client, ConsentKind, consents
from attunement.web.findings.models import Comment
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import State, Transcript

# How many sessions what felt off stays on the list: until there was one to take it up in, and one more.
SESSIONS_TO_TAKE_UP = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A session to look at, and the turn in it where there is one."""

    session: UUID
    number: int
    turn: int | None = None


@dataclass(frozen=True)
class Row:
    """One client on the page.

    `felt_off`, `refused` (transcripts that could not be read) and `comments` (new ones) are where to look. `waiting`
    counts transcripts that are being read.
    """

    client: Client
    sessions: int
    last: date | None
    may_read: bool
    is_current: bool
    alerts: list[dict[str, Any]]
    raw_answers: list[RawAnswer]
    waiting: int = 0
    felt_off: list[Place] = field(default_factory=list)
    refused: list[Place] = field(default_factory=list)
    comments: list[Place] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether anything asks for the therapist."""
        return bool(self.raw_answers or self.felt_off or self.alerts or self.refused or self.comments)

    @property
    def urgency(self) -> float:
        """What rows are ranked by: answers to what asks about danger, a client's own word, the most urgent alert."""
        first = (4.0 if self.raw_answers else 0.0) + (2.0 if self.felt_off else 0.0)
        return first + max((alert["urgency"] or 0 for alert in self.alerts), default=0.0)


def today(clients: QuerySet[Client]) -> list[Row]:
    """A row for each of these clients whose therapy goes on."""
    counted = clients.filter(ended_at=None).annotate(
        count=Count("session"), last=Max("session__date"), top=Max("session__number")
    )
    found = list(counted.order_by("created_at"))
    ids = [client.pk for client in found]
    cases = {view.client_id: view for view in CaseView.objects.filter(client__in=ids).defer("page", "summary")}
    alerts = shown({pk: list(view.alerts or []) for pk, view in cases.items()})
    agreed, raw, kept = consents(found), raw_answers(found), open_alerts(ids)
    felt_off, comments = _felt_off({client.pk: client.top or 0 for client in found}), _new_comments(ids)
    waiting, refused = _transcripts(ids)
    rows = [
        Row(
            client=client,
            sessions=client.count,
            last=client.last,
            may_read=bool(agreed[client.pk][ConsentKind.ANALYSIS]),
            is_current=client.pk not in cases or cases[client.pk].is_current,
            alerts=with_kept(alerts.get(client.pk, []), kept.get(client.pk, {})),
            raw_answers=raw.get(client.pk, []),
            waiting=waiting[client.pk],
            felt_off=felt_off[client.pk],
            refused=refused[client.pk],
            comments=comments[client.pk],
        )
        for client in found
    ]
    return sorted(rows, key=lambda row: (not row.is_open, -row.urgency))


def _felt_off(last: dict[UUID, int]) -> dict[UUID, list[Place]]:
    """What felt off of late, as far as the therapist may know; `last` is each client's last session."""
    said = FeltOff.objects.filter(client__in=last).exclude(sight=Sight.MINE).order_by("session__number")
    found: dict[UUID, list[Place]] = defaultdict(list)
    for client, session, number in said.values_list("client", "session", "session__number"):
        if number > last[client] - SESSIONS_TO_TAKE_UP:
            found[client].append(Place(session, number))
    return found


def _transcripts(ids: list[UUID]) -> tuple[dict[UUID, int], dict[UUID, list[Place]]]:
    """How many transcripts are being read, and which could not be."""
    waiting: dict[UUID, int] = defaultdict(int)
    refused: dict[UUID, list[Place]] = defaultdict(list)
    unread = Transcript.objects.filter(client__in=ids).exclude(state=State.READ).order_by("session__number")
    for client, state, session, number in unread.values_list("client", "state", "session", "session__number"):
        if state == State.REFUSED:
            refused[client].append(Place(session, number))
        else:
            waiting[client] += 1
    return waiting, refused


def _new_comments(ids: list[UUID]) -> dict[UUID, list[Place]]:
    """Comments of others that the therapist has not seen."""
    found: dict[UUID, list[Place]] = defaultdict(list)
    comments = Comment.objects.filter(client__in=ids, seen_at=None).order_by("session__number", "turn")
    columns = ("client", "client__therapist", "author", "session", "session__number", "turn")
    for client, therapist, author, session, number, turn in comments.values_list(*columns):
        if author != therapist:
            found[client].append(Place(session, number, turn))
    return found
