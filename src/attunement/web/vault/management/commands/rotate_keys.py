"""`python -m attunement.web rotate_keys`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from attunement.web import settings_table
from attunement.web.vault.keys import rotate_master_key


class Command(BaseCommand):
    """Rotation."""

    help = "Wrap all keys of clients and staff with a new master key."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rotate; say what is left to do."""
        count = rotate_master_key()
        self.stdout.write(
            f"Wrapped anew: {count} keys of clients and staff. Make a new backup; older ones need the old master key."
        )
        if settings_table.text("ATTUNEMENT_MASTER_KEYS"):
            self.stdout.write("Now take all but the first out of ATTUNEMENT_MASTER_KEYS.")
