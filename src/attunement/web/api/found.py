"""A reading in short, and a reading without a word of what was said."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

CAVEAT = "Decision support, not a diagnosis; not validated on real therapies."
ROLES_UNSURE = "Cannot tell, because it is not sure who is the therapist. Name the therapist and read again."
WORDS_LEFT_OUT = "Words and names of the transcript are left out: the token has no scope transcripts:read."


class Episode(BaseModel):
    """A rupture, a repair or a corrective experience; turns count from 1. Its other fields: `attunement/reading/1`."""

    model_config = ConfigDict(extra="allow")

    type: str
    start: int
    end: int
    confidence: float | None
    evidence: list[int]


class Attunement(BaseModel):
    """The share of moments met; null when fewer than three called for it. With its 95 % interval."""

    rate: float | None
    interval: list[float] | None


class Count(BaseModel):
    """How many turns show a group of codes: those decided, and an estimate with its 95 % interval."""

    turns: int
    decided: int
    estimate: float | None
    interval: list[float] | None


class Found(BaseModel):
    """What was found in a session, in short."""

    caveat: str = CAVEAT
    coder: str | None
    cannot_tell: str | None = Field(description="why nothing can be said, null where it can")
    summary: list[str]
    attunement: Attunement
    episodes: list[Episode]
    counts: dict[str, Count]


def found_in(reading: dict[str, Any]) -> Found:
    """The short form of `attunement/reading/1`; it holds no words and no names."""
    reading = without_words(reading)
    return Found(
        coder=reading["coder"],
        cannot_tell=reading["cannot_tell"],
        summary=reading["summary"],
        attunement=Attunement(rate=reading["attunement"]["rate"], interval=reading["attunement"]["interval"]),
        episodes=[Episode(**episode) for episode in reading["episodes"]],
        counts={name: Count(**count) for name, count in reading["counts"].items()},
    )


def without_words(reading: dict[str, Any]) -> dict[str, Any]:
    """The reading with empty turns and without names; what else may name people is said without names."""
    session = reading["session"]
    roles = {**session["roles"], "therapist": "therapist", "client": "client", "others": {}}
    return {
        **reading,
        "session": {**session, "source": None, "roles": roles},
        "turns": [{**turn, "name": None, "text": ""} for turn in reading["turns"]],
        "summary": [ROLES_UNSURE] if reading["cannot_tell"] == "roles_unsure" else reading["summary"],
        "warnings": [WORDS_LEFT_OUT],
    }
