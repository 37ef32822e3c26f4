from __future__ import annotations

import json
import subprocess
import sys

import pytest

import attunement
from attunement.examples import SHOWN, transcripts
from attunement.transcripts import load
from stand_in_coder import StandInCoder, use

LEANDER_3 = next(path for path in transcripts() if path.stem == SHOWN)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> attunement.Reading:
    use(monkeypatch)
    return attunement.read(LEANDER_3)


def test_a_path_or_a_session_can_be_read(monkeypatch, reading):
    use(monkeypatch)
    assert attunement.read(str(LEANDER_3)).session == reading.session
    assert attunement.read(load(LEANDER_3)).session == reading.session


def test_the_user_may_name_the_therapist(monkeypatch):
    use(monkeypatch)
    assert attunement.read(LEANDER_3, therapist="Leander").session.roles.client == "Connie"


def test_another_coder_can_be_used(monkeypatch):
    class Other(StandInCoder):
        version = "ours"

    use(monkeypatch)
    assert attunement.read(LEANDER_3, coder=Other()).coder == "ours"


def test_tables_have_one_row_a_turn_an_episode_a_moment(reading):
    assert list(reading.turns.index) == list(range(1, 83))
    assert set(reading.episodes["type"]) == {"rupture", "repair", "corrective"}
    assert len(reading.attunement) == len(reading.findings.attunement.moments)


def test_it_prints_as_a_report_without_colours(reading):
    report = str(reading)
    assert "Timeline" in report
    assert "\x1b" not in report
    assert max(map(len, report.splitlines())) <= 96


def test_its_repr_holds_no_word_of_the_session(reading):
    assert repr(reading) == "<Reading of leander-3: 82 turns, 1 ruptures, 1 repairs, 1 corrective experiences>"


def test_a_notebook_shows_it(reading):
    assert reading._repr_html_().startswith('<div class="attunement-reading">')


def test_its_json_is_one_line_with_the_coder_that_made_it(reading):
    assert "\n" not in reading.to_json()
    assert json.loads(reading.to_json())["coder"] == "stand-in"


def test_importing_takes_nothing_heavy_with_it():
    script = (
        "import sys, attunement; print([n for n in ('numpy', 'pandas', 'rich', 'onnxruntime') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
