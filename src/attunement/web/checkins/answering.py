"""What a client sends is kept once, however often the button is pressed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from attunement.web.checkins.models import Answers, FeltOff, Link
from attunement.web.reading.queue import case_changed


def keep_answers(link: Link, *, ratings: dict[str, int], felt_off: str, sight: str) -> bool:
    """Keep the answers and close the link; False when it was used already."""
    with transaction.atomic():
        if not Link.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
            return False
        of_session: dict[str, Any] = {"client_id": link.client_id, "session_id": link.session_id}
        if ratings:
            Answers.objects.filter(session=link.session_id, instrument="check_in").delete()
            Answers.objects.create(**of_session, link=link, instrument="check_in", items=ratings)
        if felt_off.strip():
            FeltOff.objects.create(**of_session, text=felt_off.strip(), sight=sight)
        case_changed(link.client)
    return True
