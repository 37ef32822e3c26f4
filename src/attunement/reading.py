"""The one verb most people need: a session in, everything found in it out, ready to be shown."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

# What the verb needs is imported when it is called: importing attunement takes no time.
if TYPE_CHECKING:
    import pandas as pd

    from attunement.coder import SessionCoder
    from attunement.episodes.model import SessionReading
    from attunement.transcripts import Session

PLAIN_WIDTH = 96  # columns of `str(reading)`


def read(source: str | Path | Session, *, therapist: str | None = None, coder: SessionCoder | None = None) -> Reading:
    """Read one session: the path of a transcript in any known format, or a `Session`.

    `therapist` names the therapist as the file does; without it the role is taken from labels or guessed from the words
    (`reading.session.roles` says which). `coder` replaces the one that comes with the package.

    Raises:
        TranscriptError: when the file cannot be read as one session of two people.
        InputError: when nobody in the file has the therapist's name, or the session is not in English.
        ModelError: when the coder's weights are missing or damaged.
    """
    from attunement.coder import shipped_coder
    from attunement.episodes import find
    from attunement.transcripts import load
    from attunement.transcripts.language import require_english

    session = load(source, therapist=therapist) if isinstance(source, str | Path) else source
    require_english([turn.text for turn in session.turns])
    coder = coder or shipped_coder()
    return Reading(find(session, coder.code(session)), coder=coder.version)


class Reading:
    """What was found in one session: prints as a report, shows itself in notebooks, gives tables and files.

    `findings` holds everything as plain data; `coder` is the version of the weights, `None` when unknown.
    """

    def __init__(self, findings: SessionReading, *, coder: str | None = None) -> None:
        self.findings = findings
        self.coder = coder

    @property
    def session(self) -> Session:
        """The session as it was read: its turns, who was taken as whom, what could not be read."""
        return self.findings.session

    @cached_property
    def turns(self) -> pd.DataFrame:
        """One row a turn, indexed by its number: words, times, decided codes, the probability of each code."""
        from attunement.reports.tables import turns_frame

        return turns_frame(self.findings)

    @cached_property
    def episodes(self) -> pd.DataFrame:
        """One row a rupture, repair or corrective experience, in the order of the session."""
        from attunement.reports.tables import episodes_frame

        return episodes_frame(self.findings)

    @cached_property
    def attunement(self) -> pd.DataFrame:
        """One row a moment that called for attunement: the chances that it was met, missed or answered with harm."""
        from attunement.reports.tables import attunement_frame

        return attunement_frame(self.findings)

    @property
    def summary(self) -> list[str]:
        """The two or three sentences a therapist needs first."""
        from attunement.reports import summary

        return summary(self.findings)

    @property
    def warnings(self) -> list[str]:
        """What to know before believing it: parts of the file not read, guessed roles, too few turns."""
        from attunement.reports import warnings

        return warnings(self.findings)

    def to_json(self) -> str:
        """The whole reading on one line, in the public format `attunement/reading/1` (docs/formats.md)."""
        from attunement.reports import to_json

        return json.dumps(to_json(self.findings, coder=self.coder), ensure_ascii=False, allow_nan=False)

    def to_csv(self, *, header: bool = True) -> str:
        """A table, one row a turn; without `header`, to append to the table of another session."""
        from attunement.reports import to_csv

        return to_csv(self.findings, header=header)

    def to_html(self) -> str:
        """A page in one file that opens from disk and fetches nothing."""
        from attunement.reports import to_html

        return to_html(self.findings, coder=self.coder)

    def to_elan(self, path: str | Path) -> None:
        """Write the words and codes as tiers for ELAN (`.eaf`).

        Raises:
            InputError: when the path cannot be written.
        """
        from attunement.reports.elan_tiers import elan_tiers
        from attunement.transcripts import write_elan

        write_elan(self.session, path, elan_tiers(self.findings))

    def _repr_html_(self) -> str:
        from attunement.reports import notebook_html

        return notebook_html(self.findings)

    def __str__(self) -> str:
        """The report as the terminal shows it, without colours."""
        from io import StringIO

        from rich.console import Console

        from attunement.reports import render_terminal

        console = Console(file=StringIO(), width=PLAIN_WIDTH, color_system=None)
        with console.capture() as captured:
            render_terminal(self.findings, console)
        return captured.get()

    def __repr__(self) -> str:
        """Name and counts; no word of the session, since this is what logs show."""
        found = self.findings
        return (
            f"<Reading of {self.session.id}: {len(self.session.turns)} turns, {len(found.ruptures)} ruptures, "
            f"{len(found.repairs)} repairs, {len(found.correctives)} corrective experiences>"
        )
