"""Sessions coded by people: what the coder is trained on and measured against."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from attunement.codebook import CODES
from attunement.errors import TranscriptError
from attunement.transcripts.coded_text import MarkedText, MarkedTurn, take_apart
from attunement.transcripts.session import Roles, Session, Turn

EPISODE_TYPES = ("rupture", "repair", "corrective")


@dataclass(frozen=True, slots=True)
class TurnCodes:
    """What a person coded in one turn. `experiencing` is None on therapist turns, `empathy` on client turns.

    `therapist_behaviour` and `client_talk` are the motivational-interviewing labels, None where nobody gave one.
    """

    codes: frozenset[str]
    experiencing: int | None = None
    empathy: tuple[int, int, int] | None = None
    therapist_behaviour: str | None = None
    client_talk: str | None = None


@dataclass(frozen=True, slots=True)
class CodedEpisode:
    """An episode as a person marked it; `attributes` as in the codebook, `components` split at commas."""

    type: str
    start: int
    end: int
    attributes: dict[str, str]

    @property
    def components(self) -> tuple[str, ...]:
        """The components of a corrective episode; empty for other types."""
        return tuple(part for part in self.attributes.get("components", "").split(",") if part)


@dataclass(frozen=True, slots=True)
class CodedSession:
    """A session with a person's codes, turn by turn. `case` is the unit never to be split between folds.

    `ratings` are the client's answers after the session (0–10), `belief` the strength of the core expectation
    before and after (0–100).
    """

    session: Session
    codes: tuple[TurnCodes, ...]
    episodes: tuple[CodedEpisode, ...]
    case: str
    ratings: dict[str, float] = field(default_factory=dict)
    belief: tuple[float, float] | None = None


def read_coded(path: Path) -> CodedSession:
    """Read one file in the project's coded text format.

    Raises:
        TranscriptError: when a line fits no part of the format or a code is not in the codebook.
    """
    return coded_from_text(path.read_text(encoding="utf-8"), name=path.name)


def coded_from_text(text: str, *, name: str) -> CodedSession:
    """As `read_coded`, from text already in memory; `name` is used in messages and as id of last resort."""
    return coded_from_marked(take_apart(text), name=name)


def coded_from_marked(marked: MarkedText, *, name: str) -> CodedSession:
    """As `coded_from_text`, from text already taken apart."""
    if marked.unread:
        raise TranscriptError(f"{name}, line {marked.unread[0]}: not a turn; write 'T: …' or 'C: …'.")
    header = marked.header
    turns = tuple(
        Turn(number, "therapist" if turn.letter == "T" else "client", turn.text, name=turn.letter)
        for number, turn in enumerate(marked.turns, start=1)
    )
    session = Session(
        id=header.get("id", Path(name).stem),
        turns=turns,
        roles=Roles(therapist="T", client="C", how="labelled"),
        source=name,
        format="coded text",
    )
    return CodedSession(
        session=session,
        codes=tuple(_turn_codes(turn, name) for turn in marked.turns),
        episodes=_episodes(marked, name),
        case=header.get("case", session.id),
        ratings={
            key: float(value) for key, value in re.findall(r"(\w+)\s*=\s*(\d+(?:\.\d+)?)", header.get("ratings", ""))
        },
        belief=_belief(header.get("belief", "")),
    )


def _turn_codes(turn: MarkedTurn, name: str) -> TurnCodes:
    speaker = "therapist" if turn.letter == "T" else "client"
    codes: set[str] = set()
    experiencing = 0 if speaker == "client" else None
    empathy = (0, 0, 0) if speaker == "therapist" else None
    for mark in turn.marks:
        key, _, value = mark.partition("=")
        if key == "exp" and re.fullmatch(r"[012]", value):
            experiencing = int(value)
        elif key == "emp" and re.fullmatch(r"[012],[012],[012]", value):
            reaction, interpretation, exploration = (int(level) for level in value.split(","))
            empathy = (reaction, interpretation, exploration)
        elif mark in CODES and CODES[mark].speaker == speaker:
            codes.add(mark)
        else:
            raise TranscriptError(f"{name}, line {turn.line}: '{mark}' is no {speaker} code; see docs/codebook.md.")
    return TurnCodes(frozenset(codes), experiencing, empathy)


def _episodes(marked: MarkedText, name: str) -> tuple[CodedEpisode, ...]:
    for span in marked.spans:
        if span.type not in EPISODE_TYPES:
            raise TranscriptError(f"{name}, line {span.line}: '{span.type}' is none of {', '.join(EPISODE_TYPES)}.")
        if not 1 <= span.start <= span.end <= len(marked.turns):
            raise TranscriptError(
                f"{name}, line {span.line}: turns {span.start}-{span.end} lie outside 1-{len(marked.turns)}."
            )
    return tuple(CodedEpisode(span.type, span.start, span.end, span.attributes) for span in marked.spans)


def _belief(text: str) -> tuple[float, float] | None:
    match = re.search(r"\|\s*(\d+)\s*->\s*(\d+)\s*$", text)
    return (float(match[1]), float(match[2])) if match else None
