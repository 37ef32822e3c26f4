"""Coded data as the trainer sees it: turns with targets, and NaN wherever a data set says nothing."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attunement.codebook import CLIENT_TALK, CODES, THERAPIST_BEHAVIOUR
from attunement.coder.calibration import HEADS
from attunement.coder.decisions import GROUPS
from attunement.coder.model import in_one_spelling
from attunement.evaluation.coded import CodedSession, read_coded

CODE_INDEX = {name: index for index, name in enumerate(CODES)}

# AnnoMI's finer labels, learnt beside the codes: they follow other conventions than the codebook's of the same name.
ANNOMI_SUBTYPES = (
    ("question_subtype", "open"),
    ("question_subtype", "closed"),
    ("reflection_subtype", "simple"),
    ("reflection_subtype", "complex"),
    ("therapist_input_subtype", "information"),
    ("therapist_input_subtype", "advice"),
    ("therapist_input_subtype", "negotiation"),
    ("therapist_input_subtype", "options"),
)


@dataclass
class TrainingSession:
    """One session: who speaks, what is said, and per head a (turns, columns) table of targets with NaN for unknown."""

    id: str
    group: str
    source: str
    speakers: list[str]
    texts: list[str]
    targets: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.texts)


def empty_targets(turns: int) -> dict[str, np.ndarray]:
    """A target table that knows nothing yet."""
    return {head: np.full((turns, width), np.nan, dtype=np.float32) for head, width in HEADS.items()}


def cumulative(level: int | float, levels: int = 3) -> np.ndarray:
    """An ordinal level as `levels - 1` yes-or-no questions: is it at least 1, at least 2, …"""
    return np.array([float(level >= step) for step in range(1, levels)], dtype=np.float32)


def fill_codes(targets: dict[str, np.ndarray], row: int, speaker: str, codes: set[str] | frozenset[str]) -> None:
    """Say yes or no to every code of this speaker on one row, and to the groups they make up."""
    for name, code in CODES.items():
        if code.speaker == speaker:
            targets["codes"][row, CODE_INDEX[name]] = float(name in codes)
    for column, members in enumerate(GROUPS.values()):
        if CODES[members[0]].speaker == speaker:
            targets["groups"][row, column] = float(any(member in codes for member in members))


def corpus_sessions(folder: Path) -> tuple[list[TrainingSession], list[CodedSession]]:
    """The authored corpus, grouped by case."""
    coded = [read_coded(path) for path in sorted(folder.glob("*.txt"))]
    return [from_coded(session) for session in coded], coded


def from_coded(coded: CodedSession) -> TrainingSession:
    """A session coded by the codebook, as targets."""
    turns = coded.session.turns
    targets = empty_targets(len(turns))
    for row, (turn, marks) in enumerate(zip(turns, coded.codes, strict=True)):
        fill_codes(targets, row, turn.speaker, marks.codes)
        if marks.experiencing is not None:
            targets["experiencing"][row] = cumulative(marks.experiencing)
        if marks.empathy is not None:
            targets["empathy"][row] = np.concatenate([cumulative(level) for level in marks.empathy])
    return TrainingSession(
        id=coded.session.id,
        group=f"corpus:{coded.case}",
        source="corpus",
        speakers=[turn.speaker for turn in turns],
        texts=[in_one_spelling(turn.text) for turn in turns],
        targets=targets,
    )


def annomi_sessions(path: Path, strain_folder: Path | None = None) -> list[TrainingSession]:
    """AnnoMI, one row an utterance, grouped by video; with relationship codes where two annotators gave some."""
    transcripts: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            transcripts[row["transcript_id"]].append(row)
    sessions = []
    for transcript, rows in transcripts.items():
        rows = _one_row_an_utterance(rows)
        targets = empty_targets(len(rows))
        for index, row in enumerate(rows):
            _fill_annomi(targets, index, row)
        session = TrainingSession(
            id=f"annomi-{int(transcript):03d}",
            group=f"annomi:{rows[0]['video_url']}",
            source="annomi",
            speakers=[row["interlocutor"] for row in rows],
            texts=[in_one_spelling(row["utterance_text"]) for row in rows],
            targets=targets,
        )
        if strain_folder:
            _add_relationship_codes(session, strain_folder)
        sessions.append(session)
    return sessions


def _one_row_an_utterance(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Where several annotators coded an utterance, keep the row whose main label most of them chose."""
    utterances: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        utterances[row["utterance_id"]].append(row)

    def main(row: dict[str, str]) -> str:
        return row["main_therapist_behaviour"] + row["client_talk_type"]

    return [
        max(group, key=lambda row: sum(main(row) == main(other) for other in group)) for group in utterances.values()
    ]


def _fill_annomi(targets: dict[str, np.ndarray], index: int, row: dict[str, str]) -> None:
    if row["interlocutor"] == "therapist":
        for column, name in enumerate(THERAPIST_BEHAVIOUR):
            targets["therapist_behaviour"][index, column] = float(row["main_therapist_behaviour"] == name)
        for column, (field, value) in enumerate(ANNOMI_SUBTYPES):
            targets["subtypes"][index, column] = float(row[field] == value)
    else:
        for column, name in enumerate(CLIENT_TALK):
            targets["client_talk"][index, column] = float(row["client_talk_type"] == name)


def _add_relationship_codes(session: TrainingSession, folder: Path) -> None:
    """Set the codes of joined turns on their last utterance; where the two annotators differ the target is one half."""
    files = [folder / annotator / f"{session.id}.txt" for annotator in ("a", "b")]
    if not all(file.exists() for file in files):
        return
    last_rows = [
        row
        for row in range(len(session))
        if row + 1 == len(session) or session.speakers[row + 1] != session.speakers[row]
    ]
    tables = []
    for file in files:
        marks = read_marks(file)
        targets = empty_targets(len(session))
        for number, row in enumerate(last_rows, start=1):
            codes, experiencing, empathy = marks.get(number, (set(), 0, (0, 0, 0)))
            speaker = session.speakers[row]
            fill_codes(targets, row, speaker, codes)
            if speaker == "client":
                targets["experiencing"][row] = cumulative(experiencing)
            else:
                targets["empathy"][row] = np.concatenate([cumulative(level) for level in empathy])
        tables.append(targets)
    for head in ("codes", "groups", "experiencing", "empathy"):
        session.targets[head] = (tables[0][head] + tables[1][head]) / 2


def read_marks(path: Path) -> dict[int, tuple[set[str], int, tuple[int, ...]]]:
    """A codes-only file: turn number → codes, experiencing, empathy."""
    marks = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"^(\d+)\s+(.*)$", line):
            experiencing = re.search(r"exp=([012])", match[2])
            empathy = re.search(r"emp=([012]),([012]),([012])", match[2])
            codes = {part.strip() for part in match[2].split(",") if part.strip() in CODES}
            marks[int(match[1])] = (
                codes,
                int(experiencing[1]) if experiencing else 0,
                tuple(int(level) for level in empathy.groups()) if empathy else (0, 0, 0),
            )
    return marks
