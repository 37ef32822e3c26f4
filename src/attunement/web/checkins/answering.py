"""What a client sends is kept once, however often the button is pressed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from attunement.web.checkins.models import Answers, FeltOff, Link
from attunement.web.checkins.questions import OURS
from attunement.web.reading.queue import case_changed
from attunement.web.sessions.models import Session


def keep_check_in(link: Link, *, ratings: Mapping[str, int], felt_off: str = "", sight: str = "") -> bool:
    """Keep the ratings and what felt off; False when they were sent already."""
    with transaction.atomic():
        if link.session is None or not _sent_now(link, OURS):
            return False
        if ratings:
            _keep(link, link.session, OURS, ratings)
        if felt_off.strip():
            keep_felt_off(link.session, felt_off, sight)
        case_changed(link.client)
    return True


def keep_questionnaire(link: Link, name: str, items: Mapping[str, float]) -> bool:
    """Keep the answers to a questionnaire, none where it was left out; False when it was sent already."""
    with transaction.atomic():
        if not _sent_now(link, name):
            return False
        if items:
            _keep(link, _session_of_questionnaires(link), name, items)
            case_changed(link.client)
    return True


def keep_felt_off(session: Session, words: str, sight: str) -> None:
    """Keep what felt off in this session."""
    FeltOff.objects.create(client_id=session.client_id, session=session, text=words.strip(), sight=sight)


def _sent_now(link: Link, name: str) -> bool:
    """Whether this part of the link was still open; it no longer is."""
    row = Link.objects.select_for_update().get(pk=link.pk)
    if name not in row.open_steps:
        return False
    row.sent = [*row.sent, name]
    row.used_at = row.used_at or timezone.now()
    row.save(update_fields=["sent", "used_at"])
    link.sent, link.used_at = row.sent, row.used_at
    return True


def _keep(link: Link, session: Session, name: str, items: Mapping[str, float]) -> None:
    Answers.objects.filter(session=session, instrument=name).delete()
    Answers.objects.create(client=link.client, session=session, link=link, instrument=name, items=dict(items))


def _session_of_questionnaires(link: Link) -> Session:
    """The session that the link asks about; before it has taken place, its row is made."""
    if link.before is None:
        assert link.session is not None
        return link.session
    session, _made = Session.objects.get_or_create(client=link.client, number=link.before)
    return session
