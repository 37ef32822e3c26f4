"""A link for the session that is about to begin; one for a session that was is `Link.issue`."""

from __future__ import annotations

from attunement.web.checkins.models import Answers, Link
from attunement.web.checkins.questions import OURS
from attunement.web.clients.models import Client
from attunement.web.questionnaires.asking import due
from attunement.web.sessions.models import Session


def link_before_next(client: Client) -> str | None:
    """A link to be answered before the next session, in the waiting room; None while there is nothing to ask.

    It asks the questionnaires that are due, and the ratings of the last session where they are still missing.
    """
    number, last = upcoming(client)
    asked = due(client, number)
    if last is not None and not Answers.objects.filter(session=last, instrument=OURS).exists():
        asked = (OURS, *asked)
    return Link.issue_before(client, number, last=last, instruments=asked) if asked else None


def upcoming(client: Client) -> tuple[int, Session | None]:
    """The number of the next session, and the one before it.

    A session of which there is nothing but what was answered in the waiting room is still to come.
    """
    newest = list(Session.objects.filter(client=client).order_by("-number")[:2])
    if newest and is_to_come(newest[0]):
        return newest[0].number, newest[1] if len(newest) > 1 else None
    return (newest[0].number + 1, newest[0]) if newest else (1, None)


def is_to_come(session: Session) -> bool:
    """Whether nothing is there of it but what was answered in the waiting room."""
    if session.date is not None or hasattr(session, "transcript") or session.events.exists():
        return False
    links = Link.objects.filter(client=session.client_id)
    return links.filter(before=session.number).exists() and not links.filter(session=session).exists()
