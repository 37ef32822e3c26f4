"""AnnoMI (Wu and colleagues, 2022, 2023): motivational-interviewing demonstrations, coded utterance by utterance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attunement.codebook import CLIENT_TALK, THERAPIST_BEHAVIOUR, Speaker
from attunement.errors import TranscriptError
from attunement.evaluation.coded import CodedSession, TurnCodes
from attunement.evaluation.datasets.coded_set import CodedSet
from attunement.evaluation.datasets.text import Row, read_rows, shown, whole_number
from attunement.transcripts.session import Roles, Session, Turn

COLUMNS = (
    "transcript_id",
    "utterance_id",
    "interlocutor",
    "utterance_text",
    "main_therapist_behaviour",
    "client_talk_type",
)
# The reduced edition of the data set lacks these columns: its turns have no question or reflection codes.
SUBTYPES = {"question_subtype": ("open", "closed"), "reflection_subtype": ("simple", "complex")}
NO_LABEL = ("", "n/a", "nan")

# The rows of one utterance, one for each person who coded it.
Utterance = list[Row]


def load(files: Sequence[tuple[str, str]]) -> CodedSet:
    """From (file name, text): one session a transcript, one turn an utterance, one case a video.

    Where several people coded an utterance the majority counts, and of equals the one listed first.

    Raises:
        TranscriptError: when an utterance has no number, an unknown speaker or an unknown label.
    """
    sessions: list[CodedSession] = []
    notes: tuple[str, ...] = ()
    for name, text in files:
        transcripts = _utterances(read_rows(text, name=name), name)
        sessions += [_session(key, utterances, name) for key, utterances in transcripts.items()]
        if any(len(utterance) > 1 for utterances in transcripts.values() for utterance in utterances):
            notes = ("Where several people coded an utterance, the majority counts; of equals the one listed first.",)
    return CodedSet("AnnoMI", tuple(sessions), notes)


def _utterances(rows: list[Row], name: str) -> dict[str, list[Utterance]]:
    transcripts: dict[str, dict[int, Utterance]] = {}
    for row in rows:
        number = whole_number(row["utterance_id"])
        if number is None:
            raise TranscriptError(f"{name}: an utterance_id of transcript {shown(row['transcript_id'])} is no number.")
        transcripts.setdefault(row["transcript_id"], {}).setdefault(number, []).append(row)
    return {key: [rows for _, rows in sorted(utterances.items())] for key, utterances in transcripts.items()}


def _session(transcript: str, utterances: list[Utterance], name: str) -> CodedSession:
    where = f"{name}, transcript {shown(transcript)}"
    speakers = [_speaker(utterance[0], where) for utterance in utterances]
    turns = tuple(
        Turn(number, speaker, rows[0]["utterance_text"], start_s=_seconds(rows[0].get("timestamp", "")), name=speaker)
        for number, (speaker, rows) in enumerate(zip(speakers, utterances, strict=True), start=1)
    )
    roles = Roles(therapist="therapist", client="client", how="labelled")
    return CodedSession(
        session=Session(id=f"annomi-{transcript}", turns=turns, roles=roles, source=name, format="AnnoMI"),
        codes=tuple(_codes(speaker, rows, where) for speaker, rows in zip(speakers, utterances, strict=True)),
        episodes=(),
        case=utterances[0][0].get("video_url") or transcript,
    )


def _speaker(row: Row, where: str) -> Speaker:
    match row["interlocutor"].strip().lower():
        case "therapist":
            return "therapist"
        case "client":
            return "client"
    raise TranscriptError(
        f"{where}, utterance {shown(row['utterance_id'])}: interlocutor must be 'therapist' or 'client'."
    )


def _codes(speaker: Speaker, rows: Utterance, where: str) -> TurnCodes:
    if speaker == "client":
        return TurnCodes(frozenset(), client_talk=_label(rows, "client_talk_type", CLIENT_TALK, where))
    return TurnCodes(
        frozenset(
            column.replace("subtype", subtype)
            for column, known in SUBTYPES.items()
            if column in rows[0] and (subtype := _label(rows, column, known, where))
        ),
        therapist_behaviour=_label(rows, "main_therapist_behaviour", THERAPIST_BEHAVIOUR, where),
    )


def _label(rows: Utterance, column: str, known: Iterable[str], where: str) -> str | None:
    # Counter keeps the order of first appearance among equals.
    label = Counter(row[column].strip().lower() for row in rows).most_common(1)[0][0]
    if label in NO_LABEL:
        return None
    if label not in known:
        raise TranscriptError(f"{where}: '{shown(label)}' is no {column}; write one of {', '.join(known)}, or n/a.")
    return label


def _seconds(clock: str) -> float | None:
    """`00:01:30` as 90.0; None for anything else."""
    parts = [whole_number(part) for part in clock.split(":")]
    if len(parts) != 3 or None in parts:
        return None
    hours, minutes, seconds = (float(part or 0) for part in parts)
    return 3600 * hours + 60 * minutes + seconds
