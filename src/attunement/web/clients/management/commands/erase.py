"""`python -m attunement.web erase CLIENT`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from attunement.web.clients.erasure import erase
from attunement.web.clients.models import Client


class Command(BaseCommand):
    """Erasure."""

    help = "Erase everything of a client, for ever. CLIENT is the number of the case, as in the address of its page."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom."""
        parser.add_argument("client", type=UUID)

    def handle(self, *_args: Any, client: UUID, **_options: Any) -> None:
        """Erase, and print the receipt."""
        found = Client.objects.select_related("clinic", "therapist").filter(pk=client).first()
        if found is None:
            raise CommandError("no client has this number.")
        receipt = erase(found, by=None, by_name="whoever runs this server")
        self.stdout.write(
            f"Erased: {client}. Receipt {receipt.pk}. Key destroyed: {', '.join(receipt.keys_destroyed)}."
        )
