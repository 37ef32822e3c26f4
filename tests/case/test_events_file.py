"""`events.yaml` as therapists write it; an entry that cannot be used is named and the others are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attunement.case.events import Notebook, read_events


def read(tmp_path: Path, text: str) -> Notebook:
    path = tmp_path / "events.yaml"
    path.write_text(text, encoding="utf-8")
    return read_events(path)


def test_every_kind_of_event_is_read(tmp_path):
    notebook = read(
        tmp_path,
        """
client: Noor
events:
  - {session: 2, late: therapist, minutes: 10, note: bus}
  - {session: 3, cancelled: client}
  - {session: 1, agreement: a week's notice, kept: no, due: 4}
  - {session: 4, fee: raised}
  - {session: 4, room: next door}
  - {session: 5, break: two weeks}
  - {session: 6, therapist: tired}
""",
    )
    kinds = [event.kind for event in notebook.events]
    assert kinds == ["late", "cancelled", "agreement", "fee", "room", "break", "therapist_state"]
    late, cancelled, agreement, *_, state = notebook.events
    assert (late.by, late.minutes, late.note) == ("therapist", 10.0, "bus")
    assert cancelled.by == "client"
    assert (agreement.note, agreement.kept, agreement.due) == ("a week's notice", False, 4)
    assert state.state == "tired"
    assert notebook.client == "Noor"
    assert notebook.notes == ()


def test_a_bare_list_counts_as_events(tmp_path):
    assert len(read(tmp_path, "- {session: 2, late: client}\n").events) == 1


@pytest.mark.parametrize(
    "entry, said",
    [
        ("{late: client}", "says no session"),
        ("{session: 0, late: client}", "whole number from 1"),
        ("{session: 2, late: the bus}", "late must be one of therapist, client"),
        ("{session: 2, therapist: fabulous}", "therapist must be one of"),
        ("{session: 2}", "give exactly one of"),
        ("{session: 2, late: client, fee: more}", "give exactly one of"),
        ("{session: 2, latte: client}", "'latte' is none of"),
        ("{session: 2, agreement: x, kept: mostly}", "kept must be yes or no"),
        ("just words", "write it as"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named_and_the_others_are_kept(tmp_path, entry, said):
    notebook = read(tmp_path, f"events:\n  - {{session: 1, room: cold}}\n  - {entry}\n")
    assert len(notebook.events) == 1
    (note,) = notebook.notes
    assert note.startswith("events.yaml, events, entry 2: ")
    assert said in note


def test_a_date_that_is_none_is_named(tmp_path):
    notebook = read(tmp_path, "sessions:\n  - {session: 1, date: last Tuesday}\n")
    assert notebook.sessions == ()
    assert "date must be written as" in notebook.notes[0]


def test_a_part_that_is_not_known_is_named(tmp_path):
    assert "'evnets' is none of" in read(tmp_path, "evnets: []\n").notes[0]


def test_a_file_that_is_no_yaml_is_said_to_be_none(tmp_path):
    notebook = read(tmp_path, "events: [{session: 1\n")
    assert notebook.events == ()
    assert "not written as YAML" in notebook.notes[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_no_bytes_make_it_fail(tmp_path, content):
    path = tmp_path / "events.yaml"
    path.write_bytes(content)
    assert isinstance(read_events(path), Notebook)
