"""The second verb: the folder of a case in, everything found over its sessions out, ready to be shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attunement.reading import PLAIN_WIDTH, Reading

# What the verb needs is imported when it is called: importing attunement takes no time.
if TYPE_CHECKING:
    import pandas as pd

    from attunement.case import Case, CaseFindings
    from attunement.case.folder import Track
    from attunement.coder import SessionCoder


def follow(
    source: str | Path | Case,
    *,
    client: str | None = None,
    therapist: str | None = None,
    until: int | None = None,
    model: bool = False,
    coder: SessionCoder | None = None,
    track: Track = iter,
) -> CaseReading:
    """Follow one client over the sessions: a folder with transcripts, `measures.csv` and `events.yaml`, or a `Case`.

    `client` and `therapist` name the two where the files hold more or the program guesses wrong. `until` looks at the
    case as it stood after that session. `model` adds what the model of the dyad infers (needs the extra `dyad`).
    `coder` replaces the one that comes with the package. `track` wraps the transcripts while they are read, for a
    progress bar. Whatever cannot be used is left out and named in `notes`.

    Raises:
        InputError: when there is no such folder, nothing in it can be read, nothing is known up to `until`, or the
            model cannot tell.
        ModelError: when the coder's weights are missing or damaged.
    """
    from attunement.case import follow_case, read_case
    from attunement.coder import shipped_coder

    coder = coder or shipped_coder()
    if isinstance(source, str | Path):
        source = read_case(source, client=client, therapist=therapist, coder=coder, track=track)
    if until is not None:
        source = source.until(until)
    return CaseReading(follow_case(source, model=model), coder=coder.version)


class CaseReading:
    """What was found over the sessions of one client: prints as a report, shows itself in notebooks, gives tables.

    `findings` holds everything as plain data; `coder` is the version of the weights, `None` when unknown.
    """

    def __init__(self, findings: CaseFindings, *, coder: str | None = None) -> None:
        self.findings = findings
        self.coder = coder

    @property
    def case(self) -> Case:
        """What was read: sessions, scores, events."""
        return self.findings.case

    @property
    def notes(self) -> tuple[str, ...]:
        """What was missing, out of order, or could not be used, a line each."""
        return self.case.notes

    @cached_property
    def readings(self) -> dict[int, Reading]:
        """The reading of each session that has a transcript, by the session's number."""
        return {
            session.number: Reading(session.reading, coder=self.coder)
            for session in self.case.sessions
            if session.reading is not None
        }

    @property
    def summary(self) -> list[str]:
        """Where the therapy stands, in three or four sentences."""
        from attunement.reports.case import case_summary

        return case_summary(self.findings)

    @cached_property
    def sessions(self) -> pd.DataFrame:
        """One row a session: date, measures, attunement, strain and openness with their bounds, what was marked."""
        from attunement.reports.case.tables import sessions_frame

        return sessions_frame(self.findings)

    @cached_property
    def beliefs(self) -> pd.DataFrame:
        """One row an expectation that returns: its words, how strongly it shows, what spoke against it, what moved."""
        from attunement.reports.case.tables import beliefs_frame

        return beliefs_frame(self.findings)

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """One row an alert, the most urgent first."""
        from attunement.reports.case.tables import alerts_frame

        return alerts_frame(self.findings)

    @cached_property
    def threads(self) -> pd.DataFrame:
        """One row a thing that runs from one session to another: ruptures and repairs with their fates, carry-over."""
        from attunement.reports.case.tables import threads_frame

        return threads_frame(self.findings)

    def to_json(self) -> str:
        """Everything on one line, in the public format `attunement/case/1` (docs/formats.md)."""
        from attunement.reports.case import case_json

        return json.dumps(case_json(self.findings, coder=self.coder), ensure_ascii=False, allow_nan=False)

    def to_csv(self) -> str:
        """A table, one row a session, as R reads it: `NA` where nothing is known."""
        from attunement.reports.case import sessions_csv

        return sessions_csv(self.findings)

    def to_html(self, *, pages: Mapping[int, str] | None = None) -> str:
        """A page in one file that fetches nothing; `pages` says which page shows which session, for the links."""
        from attunement.reports.case import case_html

        return case_html(self.findings, pages=pages, coder=self.coder)

    def _repr_html_(self) -> str:
        from attunement.reports.case import case_notebook_html

        return case_notebook_html(self.findings)

    def __str__(self) -> str:
        """The report as the terminal shows it, without colours."""
        from io import StringIO

        from rich.console import Console

        from attunement.reports.case import render_case

        console = Console(file=StringIO(), width=PLAIN_WIDTH, color_system=None)
        with console.capture() as captured:
            render_case(self.findings, console)
        return captured.get()

    def __repr__(self) -> str:
        """Counts only; no name and no word of the sessions, since this is what logs show."""
        found = self.findings
        return (
            f"<CaseReading: {len(self.case.sessions)} sessions, {len(self.readings)} transcripts, "
            f"{len(found.beliefs)} beliefs, {len(found.alerts)} alerts>"
        )
