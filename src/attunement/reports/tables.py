"""The reading as data frames: turns, episodes, moments of attunement."""

from __future__ import annotations

import pandas as pd

from attunement.episodes.model import SessionReading
from attunement.reports.csv_format import COLUMNS, turn_rows
from attunement.reports.json_format import episode_record, episodes, moment_record

EPISODE_COLUMNS = (
    *("type", "start", "end", "confidence", "evidence", "kind", "cause", "noticed", "noticed_by", "resolution"),
    *("initiated_by", "components", "strength"),
)
MOMENT_COLUMNS = ("turn", "reply", "call", "weight", "met", "missed", "harmed")


def turns_frame(reading: SessionReading) -> pd.DataFrame:
    """One row a turn, indexed by its number; the columns of the CSV table, missing where they do not apply."""
    frame = pd.DataFrame(turn_rows(reading), columns=list(COLUMNS))
    levels = [column for column in COLUMNS if column == "experiencing" or column.startswith("empathy_")]
    frame[levels] = frame[levels].astype("Int64")
    return frame.set_index("turn")


def episodes_frame(reading: SessionReading) -> pd.DataFrame:
    """One row an episode, in the order of the session; attributes of other types are missing."""
    return pd.DataFrame([episode_record(episode) for episode in episodes(reading)], columns=list(EPISODE_COLUMNS))


def attunement_frame(reading: SessionReading) -> pd.DataFrame:
    """One row a moment that called for attunement, with what became of it."""
    frame = pd.DataFrame([moment_record(m) for m in reading.attunement.moments], columns=list(MOMENT_COLUMNS))
    frame["reply"] = frame["reply"].astype("Int64")
    return frame
