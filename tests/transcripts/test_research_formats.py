"""CHAT, ConvoKit and ELAN."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from transcript_strategies import spoken, write

from attunement.errors import InputError, TranscriptError
from attunement.transcripts import Annotation, Roles, Session, Turn, load, load_all, save, write_elan

CHAT = """@UTF8
@Begin
@Languages:\teng
@Participants:\tTHE Anna_Bell Therapist, CLI Client
@ID:\teng|corpus|THE|||||Therapist|||
@ID:\teng|corpus|CLI|||||Client|||
*THE:\tso how's the week been ? \x150_1200\x15
%mor:\tco|so adv|how
*CLI:\t&-uh <oh fine> [/] oh fine (.) busy &=laughs .
\t\x151300_3400\x15
*CLI:\t(be)cause I xxx it [= the thing] gonna [: going to] wo:rk@x +...
*CLI:\t+^ 0is that &+th [=! whispering] &*THE:mm_hm New_York , yes +//.
*THE:\tokay !
@End
"""


def test_chat_becomes_ordinary_writing(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.cha", CHAT))
    assert session.format == "CHAT"
    assert [turn.name for turn in session.turns] == ["Anna Bell", "CLI", "Anna Bell"]
    assert session.turns[0].text == "so how's the week been?"
    assert session.turns[1].text == (
        "uh oh fine oh fine [pause] busy [laughs]. because I [inaudible] it gonna work... "
        "that th- [whispers] [THE: mm hm] New York, yes—"
    )
    assert session.roles.how == "labelled"
    assert (session.turns[0].start_s, session.turns[0].end_s) == (0.0, 1.2)


def test_chat_without_headers_is_recognised(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.cha", "*THE:\thello .\n*CLI:\thi .\n"))
    assert spoken(session) == [("therapist", "hello."), ("client", "hi.")]


def test_lines_that_are_not_chat_are_said(tmp_path: Path) -> None:
    session = load(write(tmp_path, "a.cha", "@Begin\nstray\n*THE:\thello .\n*CLI:\thi .\n"))
    assert "Not lines of the CHAT format, so left out: line 2." in session.warnings


def test_written_chat_has_the_headers_and_one_terminator_a_line(tmp_path: Path) -> None:
    turns = (
        Turn(1, "therapist", "Well. How are you?", 1.0, 2.0, "Bell"),
        Turn(2, "client", "Fine [laughs]", name="Sam"),
    )
    save(Session("a", turns, Roles("Bell", "Sam", "named")), tmp_path / "a.cha")
    lines = (tmp_path / "a.cha").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["@UTF8", "@Begin"]
    assert lines[-1] == "@End"
    assert "@Participants:\tBEL Bell therapist, SAM Sam client" in lines
    assert "*BEL:\tWell . \x151000_2000\x15" in lines
    assert "*BEL:\tHow are you ? \x151000_2000\x15" in lines
    assert "*SAM:\tFine &=laughs" in lines


def corpus(folder: Path, utterances: list[object], speakers: object | str | None = None) -> Path:
    folder.mkdir()
    (folder / "utterances.jsonl").write_text(
        "\n".join(each if isinstance(each, str) else json.dumps(each) for each in utterances), encoding="utf-8"
    )
    if speakers is not None:
        (folder / "speakers.json").write_text(
            speakers if isinstance(speakers, str) else json.dumps(speakers), encoding="utf-8"
        )
    return folder


def utterance(number: int, conversation: str, speaker: str, text: str, **more: object) -> dict[str, object]:
    return {"id": str(number), "conversation_id": conversation, "speaker": speaker, "text": text, **more}


def test_a_convokit_folder_is_one_session_a_conversation(tmp_path: Path) -> None:
    lines = [
        utterance(0, "a", "s1", "Hello.", timestamp=1_700_000_000),
        utterance(1, "a", "s2", "Hi.", timestamp=1_700_000_012),
        utterance(2, "b", "s2", "Well."),
        utterance(3, "b", "s1", "Well?"),
    ]
    speakers = {"s1": {"meta": {"role": "client"}, "vectors": []}, "s2": {"meta": {"role": "counselor"}, "vectors": []}}
    folder = corpus(tmp_path / "corpus", lines, speakers)
    first, second = load_all(folder)
    assert (first.id, second.id, first.format) == ("a", "b", "ConvoKit")
    assert spoken(first) == [("client", "Hello."), ("therapist", "Hi.")]
    assert [turn.start_s for turn in first.turns] == [0.0, 12.0]
    assert "Times are given as dates; they were counted from the first turn." in first.warnings
    assert [session.turns for session in load_all(folder / "utterances.jsonl")] == [first.turns, second.turns]


def test_older_convokit_corpora_are_read(tmp_path: Path) -> None:
    lines = [
        {"id": "0", "root": "a", "user": "Therapist", "text": "Hello."},
        {"id": "1", "root": "a", "user": "Client", "text": "Hi."},
    ]
    assert len(load(corpus(tmp_path / "corpus", lines)).turns) == 2


def test_a_damaged_convokit_corpus_is_read_in_part(tmp_path: Path) -> None:
    lines = [utterance(0, "a", "T", "Hello."), '{"id": "1', {"id": "2"}, utterance(3, "a", "C", "Hi.")]
    session = load(corpus(tmp_path / "corpus", lines, '{"T": '))
    assert spoken(session) == [("therapist", "Hello."), ("client", "Hi.")]
    assert "Not valid JSON, or cut off, so left out: line 2." in session.warnings
    assert "Without a text, so left out: line 3." in session.warnings
    assert "speakers.json could not be read; roles stated there are unknown." in session.warnings


def test_an_empty_convokit_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="the file is empty"):
        load(corpus(tmp_path / "corpus", []))


def test_a_written_corpus_has_the_five_files(tmp_path: Path) -> None:
    save(_timed(), tmp_path / "corpus", "ConvoKit")
    names = {path.name for path in (tmp_path / "corpus").iterdir()}
    assert names == {"utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"}
    first = json.loads((tmp_path / "corpus" / "utterances.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["id"] == first["conversation_id"] == "a"


def _timed(**changes: float | None) -> Session:
    times: dict[str, float | None] = {"start": 1.0, "end": 2.0, **changes}
    turns = (
        Turn(1, "therapist", "Hello & <welcome>.", times["start"], times["end"], "Bell"),
        Turn(2, "client", "Hi.", 3.0, 4.0, "Sam"),
        Turn(3, "therapist", "Well.", 5.0, 6.5, "Bell"),
    )
    return Session("a", turns, Roles("Bell", "Sam", "named"))


def annotations(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Tiers of a file, read by what the format's schema says."""
    root = ElementTree.parse(path).getroot()
    times = {slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE") or 0) for slot in root.iter("TIME_SLOT")}
    return {
        tier.get("TIER_ID") or "": [
            (
                times[each.get("TIME_SLOT_REF1")],
                times[each.get("TIME_SLOT_REF2")],
                each.findtext("ANNOTATION_VALUE") or "",
            )
            for each in tier.iter("ALIGNABLE_ANNOTATION")
        ]
        for tier in root.iter("TIER")
    }


def test_elan_has_a_tier_a_speaker_and_the_tiers_given(tmp_path: Path) -> None:
    tiers = {
        "warmth": [Annotation(1, 1, "0.93"), Annotation(3, 3, "0.71")],
        "rupture": [Annotation(2, 3, "withdrawal")],
    }
    write_elan(_timed(), tmp_path / "a.eaf", tiers)
    assert annotations(tmp_path / "a.eaf") == {
        "Bell (therapist)": [(1000, 2000, "Hello & <welcome>."), (5000, 6500, "Well.")],
        "Sam (client)": [(3000, 4000, "Hi.")],
        "warmth": [(1000, 2000, "0.93"), (5000, 6500, "0.71")],
        "rupture": [(3000, 6500, "withdrawal")],
    }


def test_overlapping_annotations_go_to_further_tiers(tmp_path: Path) -> None:
    tiers = {"episode": [Annotation(1, 3, "rupture"), Annotation(2, 3, "repair"), Annotation(3, 3, "felt")]}
    write_elan(_timed(), tmp_path / "a.eaf", tiers)
    read = annotations(tmp_path / "a.eaf")
    assert [read[name][0][2] for name in ("episode", "episode (2)", "episode (3)")] == ["rupture", "repair", "felt"]


def test_made_up_times_are_said_in_the_file(tmp_path: Path) -> None:
    write_elan(_timed(start=None, end=None), tmp_path / "a.eaf")
    ((start, end, note),) = annotations(tmp_path / "a.eaf")["note"]
    assert (start, end) == (0, 6500)
    assert note == "The transcript does not give all times; those of turn 1 are made up, one second each."


def test_a_tier_named_like_a_speaker_does_not_mix_with_the_words(tmp_path: Path) -> None:
    write_elan(_timed(), tmp_path / "a.eaf", {"Sam (client)": [Annotation(2, 2, "feeling")]})
    assert annotations(tmp_path / "a.eaf")["Sam (client) (codes)"] == [(3000, 4000, "feeling")]


def test_an_annotation_outside_the_session_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tier 'warmth': turns 3–4 lie outside 1–3"):
        write_elan(_timed(), tmp_path / "a.eaf", {"warmth": [Annotation(3, 4, "x")]})


def test_elan_is_readable_for_pympi(tmp_path: Path) -> None:
    pympi = pytest.importorskip("pympi")
    write_elan(_timed(), tmp_path / "a.eaf", {"warmth": [Annotation(1, 1, "0.93")]})
    document = pympi.Eaf(str(tmp_path / "a.eaf"), suppress_version_warning=True)
    assert [tuple(each)[:3] for each in document.get_annotation_data_for_tier("warmth")] == [(1000, 2000, "0.93")]
