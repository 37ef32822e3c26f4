from __future__ import annotations

import subprocess
import sys

import pytest

from attunement.errors import ModelError


def test_wrong_use_exits_with_2(attunement):
    assert attunement("read").code == 2
    assert attunement("reed", "x").code == 2
    assert attunement("read", "x.txt", "--jsn", "y").code == 2


def test_damaged_weights_are_our_failure(attunement, monkeypatch, session):
    def damaged():
        raise ModelError("The coder's weights are damaged: reinstall attunement.")

    monkeypatch.setattr("attunement.coder.shipped_coder", damaged)
    ran = attunement("read", session)
    assert ran.code == 1
    assert ran.err == "attunement: The coder's weights are damaged: reinstall attunement.\n"


@pytest.fixture
def broken(attunement: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("what the client said")

    monkeypatch.setattr("attunement.episodes.find", fail)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_the_program_is_told_in_one_line_without_a_word_of_the_session(attunement, session):
    ran = attunement("read", session)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "KeyError" in ran.err
    assert "--debug" in ran.err
    assert "client said" not in ran.err


@pytest.mark.usefixtures("broken")
def test_debug_shows_where_it_arose(session):
    from attunement.cli import main

    with pytest.raises(KeyError, match="what the client said"):
        main(["read", str(session), "--debug"])


def test_control_characters_in_a_name_do_not_reach_the_terminal(attunement):
    ran = attunement("read", "evil\x1b[2Jname.txt")
    assert "\x1b" not in ran.err


def test_help_loads_nothing_heavy():
    heavy = ("numpy", "pandas", "altair", "onnxruntime", "rich", "docx")
    script = (
        "import sys\n"
        "from attunement.cli import main\n"
        "try:\n    main(['read', '--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
