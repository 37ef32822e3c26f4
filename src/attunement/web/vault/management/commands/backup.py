"""`python -m attunement.web backup [FOLDER]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from attunement.web import settings_table
from attunement.web.vault.backup import write_backup


class Command(BaseCommand):
    """Backup."""

    help = "Write an encrypted backup into a folder (ATTUNEMENT_BACKUPS), with the clients' keys as they are now."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", nargs="?", default=settings_table.text("ATTUNEMENT_BACKUPS"))

    def handle(self, *_args: Any, folder: str, **_options: Any) -> None:
        """Write it."""
        if not folder:
            raise CommandError("say where to: give a folder, or set ATTUNEMENT_BACKUPS.")
        path = write_backup(Path(folder).expanduser())
        self.stdout.write(f"Written: {path}")
        self.stdout.write("The master key is not in it: keep a copy of master.key somewhere else.")
