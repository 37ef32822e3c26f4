"""EPITOME (Sharma and colleagues, 2020): seeker posts and responses, with the level of one empathy mechanism a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attunement.codebook import EMPATHY_MECHANISMS
from attunement.errors import TranscriptError
from attunement.evaluation.coded import CodedSession, TurnCodes
from attunement.evaluation.datasets.coded_set import CodedSet
from attunement.evaluation.datasets.text import Row, read_rows
from attunement.transcripts.session import Roles, Session, Turn

COLUMNS = ("sp_id", "rp_id", "seeker_post", "response_post", "level")
# How the published files, and ours, name the mechanisms.
NAMED = {"reaction": "reaction", "interpretation": "interpret", "exploration": "explor"}

# Seeker, response, and how often this pair has been coded before in the same file.
Pair = tuple[str, str, int]


def load(files: Sequence[tuple[str, str]]) -> CodedSet:
    """From (file name, text): each pair a session of two turns, client and therapist; one case a seeker post.

    A mechanism without a file stands at level 0 throughout, which an evaluation takes as not coded. Pairs that are
    not in every file are left out.

    Raises:
        TranscriptError: when a file's name does not tell the mechanism, two files tell the same, or a level is not 0–2.
    """
    by_mechanism: dict[str, dict[Pair, Row]] = {}
    for name, text in files:
        mechanism = _mechanism(name)
        if mechanism in by_mechanism:
            raise TranscriptError(f"{name}: a second file for '{mechanism}'; keep one file a mechanism.")
        by_mechanism[mechanism] = _pairs(read_rows(text, name=name), name)
    tables = list(by_mechanism.values())
    everywhere = [pair for pair in tables[0] if all(pair in table for table in tables)]
    left_out = len(set().union(*tables)) - len(everywhere)
    notes = ["Pairs, not sessions: the coder reads them with less context than it learned from."]
    if left_out:
        notes.append(f"Pairs left out because not every file has them: {left_out}.")
    return CodedSet("EPITOME", tuple(_session(pair, by_mechanism) for pair in everywhere), tuple(notes))


def _mechanism(name: str) -> str:
    for mechanism, part in NAMED.items():
        if part in name.lower():
            return mechanism
    raise TranscriptError(f"{name}: put the mechanism into the file's name: {', '.join(EMPATHY_MECHANISMS)}.")


def _pairs(rows: list[Row], name: str) -> dict[Pair, Row]:
    before: Counter[tuple[str, str]] = Counter()
    pairs: dict[Pair, Row] = {}
    for number, row in enumerate(rows, start=1):
        if row["level"].strip() not in ("0", "1", "2"):
            raise TranscriptError(f"{name}, row {number}: level must be 0, 1 or 2.")
        pair = (row["sp_id"], row["rp_id"])
        pairs[(*pair, before[pair])] = row
        before[pair] += 1
    return pairs


def _session(pair: Pair, by_mechanism: dict[str, dict[Pair, Row]]) -> CodedSession:
    row = next(iter(by_mechanism.values()))[pair]
    reaction, interpretation, exploration = (
        int(by_mechanism[mechanism][pair]["level"]) if mechanism in by_mechanism else 0
        for mechanism in EMPATHY_MECHANISMS
    )
    turns = (
        Turn(1, "client", row["seeker_post"], name="seeker"),
        Turn(2, "therapist", row["response_post"], name="responder"),
    )
    seeker, response, time = pair
    return CodedSession(
        session=Session(
            id=f"{seeker}-{response}" + (f"-{time + 1}" if time else ""),
            turns=turns,
            roles=Roles(therapist="responder", client="seeker", how="labelled"),
            format="EPITOME",
        ),
        codes=(TurnCodes(frozenset()), TurnCodes(frozenset(), empathy=(reaction, interpretation, exploration))),
        episodes=(),
        case=seeker,
    )
