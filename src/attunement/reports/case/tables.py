"""A case as data frames: sessions, values, beliefs, alerts, threads."""

from __future__ import annotations

import pandas as pd

from attunement.case.findings import CaseFindings
from attunement.reports.case.csv_format import VALUE_COLUMNS
from attunement.reports.case.rows import (
    COUNTS,
    alert_rows,
    belief_rows,
    session_columns,
    session_rows,
    thread_rows,
    value_rows,
)

BELIEF_COLUMNS = (
    *("words", "session", "turn", "confidence", "sessions", "strength_first", "strength_last"),
    *("contradicted", "new_views", "lived_outside", "understood", "loosened"),
)
ALERT_COLUMNS = ("kind", "says", "confidence", "urgency", "sessions", "basis", "next_step")
THREAD_COLUMNS = (
    *("type", "session", "start", "end", "kind", "fate", "fate_session", "confidence", "fate_confidence"),
)


def sessions_frame(findings: CaseFindings) -> pd.DataFrame:
    """One row a session, indexed by its number; the columns of `sessions_csv`, missing where nothing is known."""
    frame = pd.DataFrame(session_rows(findings), columns=list(session_columns(findings)))
    frame["date"] = pd.to_datetime(frame["date"])
    whole = ["turns", *COUNTS]
    frame[whole] = frame[whole].astype("Int64")
    truths = ["probable_rupture", "probable_repair"]
    frame[truths] = frame[truths].astype("boolean")
    return frame.set_index("session")


def values_frame(findings: CaseFindings) -> pd.DataFrame:
    """The long format: one row for each value of each measure."""
    frame = pd.DataFrame(value_rows(findings), columns=list(VALUE_COLUMNS))
    frame["date"] = pd.to_datetime(frame["date"])
    return frame


def beliefs_frame(findings: CaseFindings) -> pd.DataFrame:
    """One row an expectation that returns, surest first; `sessions` are those that voice it, parted by semicolons."""
    frame = pd.DataFrame(belief_rows(findings), columns=list(BELIEF_COLUMNS))
    frame["turn"] = frame["turn"].astype("Int64")
    return frame


def alerts_frame(findings: CaseFindings) -> pd.DataFrame:
    """One row an alert, most urgent first; `confidence` is missing where the field has no figure."""
    frame = pd.DataFrame(alert_rows(findings), columns=list(ALERT_COLUMNS))
    frame["confidence"] = frame["confidence"].astype("Float64")
    return frame


def threads_frame(findings: CaseFindings) -> pd.DataFrame:
    """One row a rupture, repair or carry-over in the order of the sessions, with its fate and how sure that is."""
    frame = pd.DataFrame(thread_rows(findings), columns=list(THREAD_COLUMNS))
    frame["fate_session"] = frame["fate_session"].astype("Int64")
    return frame
