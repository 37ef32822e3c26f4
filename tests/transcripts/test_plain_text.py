"""Plain text as people type it and as transcription services write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcript_strategies import spoken, write

from attunement.errors import TranscriptError
from attunement.transcripts import Session, load

STYLES = {
    "roles": "Therapist: How are you?\nClient: I don't know.\nTherapist: Hm.\n",
    "letters": "T: How are you?\nC: I don't know.\nT: Hm.\n",
    "capitals and tabs": "THERAPIST:\tHow are you?\nCLIENT:\tI don't\n\tknow.\nTHERAPIST:\tHm.\n",
    "time before the name": "[00:00:03] T: How are you?\n[00:00:07] C: I don't know.\n[00:00:12] T: Hm.\n",
    "span of time": "[00:03 - 00:05] T: How are you?\n(00:07-00:09) C: I don't know.\n00:12 T: Hm.\n",
    "time after the name": "T (00:03):\nHow are you?\n\nC (00:07):\nI don't know.\n\nT (00:12):\nHm.\n",
    "Otter": "Therapist  0:03\nHow are you?\n\nClient  0:07\nI don't know.\n\nTherapist  0:12\nHm.\n",
    "Zoom": "[Therapist] 00:00:03\nHow are you?\n\n[Client] 00:00:07\nI don't know.\n\n[Therapist] 00:00:12\nHm.\n",
    "Markdown": "**Therapist:** How are you?\n\n**Client**: I don't know.\n\n**Therapist:** Hm.\n",
    "numbered turns": "T1: How are you?\nC1: I don't know.\nT2: Hm.\nC2: [pause]\nT3: Hm?\nC3: No.\n",
    "numbered roles": "".join(f"Therapist {n}: How are you?\nClient {n}: I don't know.\n" for n in (1, 2, 3)).replace(
        "Therapist 2: How are you?", "Therapist 2: Hm."
    ),
    "numbered lines": "1. T: How are you?\n2. C: I don't know.\n3. T: Hm.\n",
    "role on its own line": "Therapist\nHow are you?\n\nClient\nI don't know.\n\nTherapist\nHm.\n",
    "name and role": "Ann (therapist): How are you?\nBo (client): I don't know.\nAnn (therapist): Hm.\n",
    "C and P": "C: How are you?\nP: I don't know.\nC: Hm.\n",
    "counsellor and patient": "Counselor: How are you?\nPt: I don't know.\nCounselor: Hm.\n",
    "interview": "Interviewer: How are you?\nParticipant 12: I don't know.\nInterviewer: Hm.\n",
    "wide colons": "T：How are you?\nC：I don't know.\nT：Hm.\n",
    "Windows line ends": "T: How are you?\r\nC: I don't know.\r\nT: Hm.\r\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_every_common_style_is_read(style: str, tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.txt", STYLES[style]))
    assert spoken(session)[:3] == [("therapist", "How are you?"), ("client", "I don't know."), ("therapist", "Hm.")]
    assert session.roles.how == "labelled"
    assert session.format == "plain text"


@pytest.mark.parametrize("style", ["time before the name", "span of time", "time after the name", "Otter", "Zoom"])
def test_times_are_kept(style: str, tmp_path: Path) -> None:
    assert [turn.start_s for turn in load(write(tmp_path, "a.txt", STYLES[style])).turns] == [3.0, 7.0, 12.0]


def test_a_time_on_its_own_line_belongs_to_the_next_speaker(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.txt", "00:00:00\n\nT: Hello.\nC: Hi.\n00:05:00\nT: Well.\n"))
    assert [turn.start_s for turn in session.turns] == [0.0, None, 300.0]


def test_colons_inside_speech_are_not_speakers(tmp_path: Path) -> None:
    text = (
        "Therapist: How are you?\nClient: Okay: not great.\nSo: I left.\nNote: that was odd.\nI got home at\n7:30 and\n"
        "he said: no\nhttp://example.org\nTherapist: You left?\nClient: Yes.\nHere's the thing: I can't.\n"
    )
    session = load(write(tmp_path, "a.txt", text))
    assert {turn.name for turn in session.turns} == {"Therapist", "Client"}
    assert session.turns[1].text == (
        "Okay: not great. So: I left. Note: that was odd. I got home at 7:30 and he said: no http://example.org"
    )
    assert session.turns[3].text == "Yes. Here's the thing: I can't."


def test_names_in_small_letters_count_when_they_recur(tmp_path: Path) -> None:
    text = "ann: how was your week\nbo: i was fine\nann: what happened\nbo: i left\n"
    assert {turn.name for turn in load(write(tmp_path, "a.txt", text)).turns} == {"ann", "bo"}


def test_a_b_transcripts_are_read(tmp_path: Path) -> None:
    text = "A: How was your week?\nB: I was fine.\nA: What happened?\nB: I left my job.\n"
    assert load(write(tmp_path, "a.txt", text)).roles.therapist == "A"


def test_a_header_is_left_out_and_said(tmp_path: Path) -> None:
    text = "Title: Session 3\nDate: 2024-02-03\n\nT: Hello.\nC: Hi.\n"
    session = load(write(tmp_path, "a.txt", text))
    assert spoken(session) == [("therapist", "Hello."), ("client", "Hi.")]
    assert "What stands before the first speaker was left out (lines 1–2)." in session.warnings


def test_a_third_person_who_speaks_once_is_a_speaker(tmp_path: Path) -> None:
    text = "T: Hello.\nC: I don't know.\nT: Hm?\nC: Hm.\nReceptionist: Sorry, is my room free?\nT: No.\n"
    session = load(write(tmp_path, "a.txt", text))
    assert list(session.roles.others) == ["Receptionist"]


def test_numbered_people_stay_apart(tmp_path: Path) -> None:
    text = "T: Hello.\nP1: Hi.\nP2: I was tired.\nP3: Hm.\n"
    assert {turn.name for turn in load(write(tmp_path, "a.txt", text)).turns} == {"T", "P1", "P2", "P3"}


def test_the_mother_of_the_client_is_a_person_of_her_own(tmp_path: Path) -> None:
    text = "T: Hello.\nC: I don't know.\nT: Hm?\nC: Hm.\nClient's mother: I was so worried.\nT: Yes.\n"
    assert list(load(write(tmp_path, "a.txt", text)).roles.others) == ["Client's mother"]


def test_a_leading_time_in_a_continued_line_is_not_a_word(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.txt", "T: Hello.\n[00:01:10] Go on.\nC: Hi.\n"))
    assert session.turns[0].text == "Hello. Go on."


def test_a_list_of_settings_is_not_a_session(tmp_path: Path) -> None:
    text = "".join(f"Setting {chr(65 + i % 26)}{chr(65 + i // 26)}: value {i}\n" for i in range(40))
    with pytest.raises(TranscriptError, match="40 different names stand before colons"):
        load(write(tmp_path, "a.txt", text))


def coded(tmp_path: Path, text: str) -> Session:
    return load(write(tmp_path, "coded.txt", text))


def test_coded_text_comes_without_its_codes(tmp_path: Path) -> None:
    text = (
        "# id: ines-02\n# case: ines\n# belief: I'm too much: always. | 85 -> 80\n\n"
        "T: So, how's the week been? {question_open, emp=0,1,2}\n"
        "C: Oh, fine. (laughs) {minimal_response, exp=0}\n## rupture 1-2 kind=withdrawal\nT: Mm {like this}. {}\n"
    )
    session = coded(tmp_path, text)
    assert session.format == "coded text"
    assert session.id == "ines-02"
    assert spoken(session) == [
        ("therapist", "So, how's the week been?"),
        ("client", "Oh, fine. [laughs]"),
        ("therapist", "Mm {like this}."),
    ]


def test_lines_that_fit_no_part_of_coded_text_are_said(tmp_path: Path) -> None:
    session = coded(tmp_path, "# id: a\nT: Hello. {warmth}\nand more\nC: Hi. {exp=0}\n")
    assert any(warning.endswith("left out: line 3.") for warning in session.warnings)
