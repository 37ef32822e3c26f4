"""`python -m attunement.web feedback FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from attunement.web.audit.models import Action, record
from attunement.web.findings.export import judgements_of
from attunement.web.people.models import Clinic


class Command(BaseCommand):
    """A clinic's feedback."""

    help = "Write what therapists said to findings, without a word of any session, for `attunement evaluate FILE`."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whose."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--clinic", help="The clinic's name, where there are several.")

    def handle(self, *_args: Any, file: Path, clinic: str | None, **_options: Any) -> None:
        """Write the file; one that is there is left alone."""
        from attunement.evaluation.feedback_file import feedback_json

        asked = _clinic(clinic)
        judgements = judgements_of(asked)
        try:
            with file.open("x", encoding="utf-8") as written:
                written.write(feedback_json(judgements))
        except FileExistsError:
            raise CommandError(f"{file}: is there already; give another name.") from None
        except OSError as error:
            raise CommandError(f"{file}: cannot be written ({(error.strerror or 'unknown').lower()}).") from None
        record(Action.EXPORTED, f"feedback on findings: {len(judgements)} verdicts", clinic=asked)
        self.stdout.write(f"Written: {file}, {len(judgements)} verdicts. Next: attunement evaluate {file}")


def _clinic(name: str | None) -> Clinic:
    clinics = list(Clinic.objects.filter(name=name) if name else Clinic.objects.all())
    if len(clinics) != 1:
        raise CommandError("no clinic of this name." if name or not clinics else "several clinics: say --clinic NAME.")
    return clinics[0]
