"""A client's yes or no, and what a no does at once."""

from __future__ import annotations

from django.db import transaction

from attunement.web.clients.models import Client, Consent, ConsentKind

NO_MEANS_DELETED = (ConsentKind.RECORDING, ConsentKind.ANALYSIS)


def decide(client: Client, kind: ConsentKind, *, is_given: bool, by_client: bool) -> int:
    """Keep the decision. A no to recording or analysis deletes transcripts and readings; how many were deleted.

    A no to research deletes exports that nobody has fetched.
    """
    from attunement.web.reading.queue import case_changed
    from attunement.web.research.sealed_file import drop_with
    from attunement.web.sessions.models import Transcript

    with transaction.atomic():
        Consent.objects.create(client=client, kind=kind, is_given=is_given, by_client=by_client)
        if kind == ConsentKind.RESEARCH and not is_given:
            drop_with(client.pk)
        if is_given or kind not in NO_MEANS_DELETED:
            return 0
        transcripts = Transcript.objects.filter(client=client)
        count = transcripts.count()
        transcripts.delete()
        case_changed(client)
    return count
