"""What tables and JSON call a turn's parts, and rows read by those names."""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from attunement.errors import TranscriptError
from attunement.transcripts.times import read_time
from attunement.transcripts.utterance import Transcript, Utterance, places

# In order of preference; names are compared in small letters with `_` between words.
SPEAKER = (
    "speaker speaker_name interlocutor who participant speaker_label speaker_id talker person party name author user"
    " sender from role speaker_role sprecher"
).split()
TEXT = (
    "text utterance_text utterance content turn_text speech words said message transcript_text transcription dialogue"
    " dialog sentence body transcript"
).split()
START = (
    "start_s start start_time begin start_sec start_seconds onset starttime begin_time timestamp time start_ms begin_ms"
).split()
END = "end_s end end_time stop end_sec end_seconds finish endtime stop_time end_ms stop_ms".split()
ROLE = "role speaker_role participant_role".split()
SESSION = (
    "session_id session transcript_id conversation_id dialogue_id dialog_id call_id video_id recording_id file filename"
    " document_id session_number conversation transcript case_id"
).split()
UTTERANCE_ID = "utterance_id turn_id".split()

NAMES_HELP = "name the columns 'speaker' and 'text' (also 'start', 'end', 'session')"


def plain_name(name: object) -> str:
    """`Start (s)` and `start-s` as `start_s`."""
    return re.sub(r"[\W_]+", "_", str(name).casefold()).strip("_")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which key of a row holds what; None where no key has a known name."""

    speaker: str | None
    text: str | None
    start: str | None
    end: str | None
    role: str | None
    session: str | None
    utterance_id: str | None

    @property
    def complete(self) -> bool:
        """True when who speaks and what is said can both be found."""
        return self.speaker is not None and self.text is not None


def find(names: Iterable[object]) -> Columns:
    """Assign columns by name; one column is never two things, except that a role may serve as the speaker."""
    known = {plain_name(name): str(name) for name in reversed(list(names))}
    speaker = _first(known, SPEAKER)
    text = _first(known, TEXT)
    free = {plain: name for plain, name in known.items() if name != text}
    role = _first(free, ROLE)
    return Columns(
        speaker=speaker,
        text=text,
        start=_first(free, START),
        end=_first(free, END),
        role=role if role != speaker else None,
        session=_first({plain: name for plain, name in free.items() if name != speaker}, SESSION),
        utterance_id=_first(free, UTTERANCE_ID),
    )


def _first(known: Mapping[str, str], wanted: Iterable[str]) -> str | None:
    return next((known[name] for name in wanted if name in known), None)


@dataclass
class Rows:
    """Gathers rows into one transcript a session, in the order in which the sessions first appear."""

    unit: str
    sessions: dict[str | None, list[Utterance]] = field(default_factory=dict)
    seen: set[tuple[str | None, str, str | None, str]] = field(default_factory=set)
    repeated: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)

    def add(self, row: Mapping[str, object], columns: Columns, place: int, session: str | None = None) -> None:
        """One row; `session` is its session where no column says so.

        A row whose utterance id, speaker and words came before is the same utterance, coded twice (AnnoMI has such).
        """
        session = _word(row.get(columns.session)) or session if columns.session else session
        words = row.get(columns.text or "")
        if words is not None and not isinstance(words, str | int | float):
            self.unread.append(place)
            return
        utterance = Utterance(
            text="" if words is None else str(words),
            speaker=_word(row.get(columns.speaker or "")),
            start_s=_time(row, columns.start),
            end_s=_time(row, columns.end),
            role=_word(row.get(columns.role)) if columns.role else None,
            place=place,
        )
        number = _word(row.get(columns.utterance_id)) if columns.utterance_id else None
        identity = (session, number or "", utterance.speaker, utterance.text)
        if number and identity in self.seen:
            self.repeated.append(place)
            return
        self.seen.add(identity)
        self.sessions.setdefault(session, []).append(utterance)

    def transcripts(self) -> list[Transcript]:
        """The sessions; what could not be read is said with the first."""
        if not self.sessions:
            raise TranscriptError(f"holds no {self.unit} with a text; {NAMES_HELP}.")
        found = [Transcript(spoken, id=session, unit=self.unit) for session, spoken in self.sessions.items()]
        if self.repeated:
            found[0].warnings.append(f"Read once although they stand twice: {places(self.unit, self.repeated)}.")
        if self.unread:
            found[0].warnings.append(f"Not a turn, so left out: {places(self.unit, self.unread)}.")
        return found


def _word(value: object) -> str | None:
    if isinstance(value, Mapping):  # {"speaker": {"id": …, "name": …}}
        value = value.get("name") or value.get("label") or value.get("id")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value).strip() or None
    return None


def _time(row: Mapping[str, object], column: str | None) -> float | None:
    if column is None:
        return None
    seconds = read_time(row.get(column))
    return seconds / 1000 if seconds is not None and plain_name(column).endswith("_ms") else seconds
