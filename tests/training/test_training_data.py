# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.codebook import CLIENT_CODES, CODES, THERAPIST_CODES
from attunement.coder.calibration import HEADS
from attunement.coder.decisions import GROUPS
from attunement.evaluation.coded import coded_from_text
from training.data import (
    ANNOMI_SUBTYPES,
    CODE_INDEX,
    TrainingSession,
    annomi_sessions,
    corpus_sessions,
    cumulative,
    from_coded,
    read_marks,
)

SESSION = """
# id: made-up-01
# case: made-up
T: So how was the week? {question_open, emp=0,1,2}
C: It’s fine (laughs). {minimal_response, exp=0}
T: Mm-hm.
C: No, I was so sad. {feeling, exp=2}
"""
GROUP_INDEX = {name: column for column, name in enumerate(GROUPS)}


def session() -> TrainingSession:
    return from_coded(coded_from_text(SESSION, name="made-up-01.txt"))


def test_a_session_is_kept_with_its_case():
    made = session()
    assert (made.id, made.group, made.source) == ("made-up-01", "corpus:made-up", "corpus")
    assert made.speakers == ["therapist", "client"] * 2
    assert made.texts[1] == "It's fine [laughs]."
    assert len(made) == 4


def test_there_is_a_target_for_every_column_of_every_head():
    assert {head: table.shape for head, table in session().targets.items()} == {
        head: (4, width) for head, width in HEADS.items()
    }


def test_every_code_of_the_speaker_is_a_yes_or_a_no_and_the_other_speaker_s_unknown():
    codes = session().targets["codes"]
    for row, theirs, others in ((0, THERAPIST_CODES, CLIENT_CODES), (1, CLIENT_CODES, THERAPIST_CODES)):
        assert np.isnan(codes[row, [CODE_INDEX[name] for name in others]]).all()
        assert not np.isnan(codes[row, [CODE_INDEX[name] for name in theirs]]).any()
    assert [name for name in CODES if codes[1, CODE_INDEX[name]] == 1] == ["minimal_response"]
    assert np.nansum(codes[2]) == 0


def test_a_group_is_there_when_one_of_its_codes_is():
    groups = session().targets["groups"]
    on_client, on_therapist = ("strain", "withdrawal", "confrontation"), ("repair", "failure")
    assert [groups[1, GROUP_INDEX[name]] for name in on_client] == [1, 1, 0]
    assert [groups[3, GROUP_INDEX[name]] for name in on_client] == [0, 0, 0]
    assert np.isnan([groups[1, GROUP_INDEX[name]] for name in on_therapist]).all()


def test_levels_are_yes_or_no_questions_on_turns_of_their_speaker():
    targets = session().targets
    assert targets["experiencing"][1].tolist() == [0, 0]
    assert targets["experiencing"][3].tolist() == [1, 1]
    assert np.isnan(targets["experiencing"][0]).all()
    assert targets["empathy"][0].tolist() == [0, 0, 1, 0, 1, 1]
    assert np.isnan(targets["empathy"][1]).all()


def test_what_the_corpus_says_nothing_of_is_unknown():
    targets = session().targets
    assert all(np.isnan(targets[head]).all() for head in ("therapist_behaviour", "client_talk", "subtypes"))


@given(st.integers(0, 5), st.integers(2, 6))
def test_a_level_is_at_least_every_level_up_to_it(level, levels):
    answers = cumulative(level, levels)
    assert len(answers) == levels - 1
    assert answers.sum() == min(level, levels - 1)
    assert np.all(np.diff(answers) <= 0)


def test_the_corpus_is_read_file_by_file_in_order(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(SESSION.replace("made-up-01", name), encoding="utf-8")
    sessions, coded = corpus_sessions(tmp_path)
    assert [each.id for each in sessions] == [each.session.id for each in coded] == ["a", "b"]


COLUMNS = (
    "transcript_id video_url utterance_id interlocutor utterance_text main_therapist_behaviour client_talk_type "
    "question_subtype reflection_subtype therapist_input_subtype"
).split()


def utterance(number: int, speaker: str, text: str, label: str, *, transcript: int = 0, **more: str) -> dict[str, str]:
    """One row of a table like AnnoMI's, with invented words."""
    row = dict.fromkeys(COLUMNS, "") | {
        "transcript_id": str(transcript),
        "video_url": f"video-{transcript // 2}",
        "utterance_id": str(number),
        "interlocutor": speaker,
        "utterance_text": text,
    }
    row["client_talk_type" if speaker == "client" else "main_therapist_behaviour"] = label
    return row | more


def annomi_file(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "annomi.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def annomi(tmp_path: Path) -> Path:
    return annomi_file(
        tmp_path,
        utterance(0, "therapist", "How much do you smoke?", "question", question_subtype="open"),
        utterance(1, "client", "A lot.", "neutral"),
        utterance(2, "client", "I want to stop.", "change"),
        utterance(0, "therapist", "Stop today.", "therapist_input", transcript=1, therapist_input_subtype="advice"),
        utterance(0, "client", "No.", "sustain", transcript=2),
    )


def test_utterances_become_turns_grouped_by_their_video(annomi):
    sessions = annomi_sessions(annomi)
    assert [each.id for each in sessions] == ["annomi-000", "annomi-001", "annomi-002"]
    assert [each.group for each in sessions] == ["annomi:video-0", "annomi:video-0", "annomi:video-1"]
    assert sessions[0].texts == ["How much do you smoke?", "A lot.", "I want to stop."]
    assert {each.source for each in sessions} == {"annomi"}


def test_interviewing_labels_are_known_for_their_speaker_alone(annomi):
    first, second, _ = annomi_sessions(annomi)
    assert first.targets["therapist_behaviour"][0].tolist() == [1, 0, 0, 0]
    assert np.isnan(first.targets["therapist_behaviour"][1:]).all()
    assert first.targets["client_talk"][1:].tolist() == [[0, 1, 0], [1, 0, 0]]
    assert np.isnan(first.targets["client_talk"][0]).all()
    assert np.isnan(first.targets["codes"]).all()
    advice = ANNOMI_SUBTYPES.index(("therapist_input_subtype", "advice"))
    assert second.targets["subtypes"][0].tolist() == [float(column == advice) for column in range(8)]


def test_of_several_annotators_the_majority_counts(tmp_path):
    rows = [utterance(0, "client", "Maybe.", label) for label in ("neutral", "change", "change")]
    (session,) = annomi_sessions(annomi_file(tmp_path, *rows))
    assert len(session) == 1
    assert session.targets["client_talk"][0].tolist() == [1, 0, 0]


MARKS = """
1 question_open, emp=0,0,1
2 minimal_response, exp=1
not a line of codes
3 unheard_of
"""


def test_codes_only_files_are_read_line_by_line(tmp_path):
    path = tmp_path / "marks.txt"
    path.write_text(MARKS, encoding="utf-8")
    assert read_marks(path) == {
        1: ({"question_open"}, 0, (0, 0, 1)),
        2: ({"minimal_response"}, 1, (0, 0, 0)),
        3: (set(), 0, (0, 0, 0)),
    }


def test_where_two_annotators_differ_the_target_is_one_half(annomi, tmp_path):
    for name, codes in (("a", "denial, exp=2"), ("b", "denial, feeling, exp=1")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "annomi-000.txt").write_text(f"1 question_open\n2 {codes}\n", encoding="utf-8")
    first, second, _ = annomi_sessions(annomi, tmp_path)
    codes, row = first.targets["codes"], 2  # the last utterance of the client's turn carries its codes
    assert np.isnan(codes[1]).all()
    assert codes[row, CODE_INDEX["denial"]] == 1
    assert codes[row, CODE_INDEX["feeling"]] == 0.5
    assert codes[row, CODE_INDEX["grief"]] == 0
    assert first.targets["experiencing"][row].tolist() == [1, 0.5]
    assert first.targets["groups"][row, GROUP_INDEX["withdrawal"]] == 1
    assert codes[0, CODE_INDEX["question_open"]] == 1
    assert np.isnan(second.targets["codes"]).all()


def test_codes_of_one_annotator_alone_are_not_used(annomi, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "annomi-000.txt").write_text("1 question_open\n", encoding="utf-8")
    assert np.isnan(annomi_sessions(annomi, tmp_path)[0].targets["codes"]).all()
