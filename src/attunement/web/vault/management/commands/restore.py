"""`python -m attunement.web restore FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from attunement.errors import InputError
from attunement.web.clients.erasure import finish_erasures, without_key
from attunement.web.vault.backup import restore


class Command(BaseCommand):
    """Restore."""

    help = "Put a backup into an empty database. The master key has to be in place."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Restore, then erase again who was erased since."""
        call_command("migrate", verbosity=0, interactive=False)
        try:
            count = restore(file)
        except InputError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored: {count} rows.")
        if erased := finish_erasures():
            self.stdout.write(f"Erased since that backup, and erased here too: {len(erased)} clients.")
        if missing := without_key():
            self.stdout.write(f"Cannot be read, for their keys are missing in keys/: {missing} clients.")
