"""The shipped coder and the episode finder, stood in for: bundled sessions come out as their answers say, with noise.

Any other session comes out without codes. No weights are loaded.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from attunement.coder import CodeTable
from attunement.episodes.model import SessionReading
from attunement.evaluation import CodedSession, TurnCodes
from attunement.examples import answer_to
from attunement.transcripts import Session
from stand_in import stand_in


class StandInCoder:
    """A coder that has seen the answers."""

    version = "stand-in"

    def code(self, session: Session) -> CodeTable:
        return find(session).table


def find(session: Session, table: CodeTable | None = None) -> SessionReading:
    """What the answers mark; nothing for a session without answers."""
    return stand_in(_answers(session))


def use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the stand-ins where `attunement.read` and `attunement.follow` look for the real ones."""
    for package in ("attunement.coder", "attunement.case.folder"):
        monkeypatch.setattr(f"{package}.shipped_coder", StandInCoder)
    for package in ("attunement.episodes", "attunement.case.folder"):
        monkeypatch.setattr(f"{package}.find", find, raising=False)


def _answers(session: Session) -> CodedSession:
    try:
        answers = answer_to(session.id)
    except OSError:
        codes = tuple(TurnCodes(frozenset(), *_lowest(turn.speaker)) for turn in session.turns)
        return CodedSession(session, codes, episodes=(), case=session.id)
    return replace(answers, session=session)


def _lowest(speaker: str) -> tuple[int | None, tuple[int, int, int] | None]:
    return (0, None) if speaker == "client" else (None, (0, 0, 0))
