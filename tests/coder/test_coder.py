from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_coder import COLUMNS, LONGEST_PIECE, VOCABULARY, session_of, texts, tokenizer

from attunement.codebook import CODES
from attunement.coder import Coder, model, shipped_coder
from attunement.coder.windows import CLIENT_MARK, THERAPIST_MARK, TURN_END
from attunement.errors import ModelError

# Coders are made once and not changed by reading.
settings.register_profile("one coder", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
one_coder = settings(settings.get_profile("one coder"), max_examples=20)


@given(texts())
@one_coder
def test_every_turn_gets_its_row(coder, said):
    table = coder.code(session_of(*said))
    assert len(table) == len(said)
    assert table.codes == tuple(CODES)
    assert table.thresholds == coder.calibration.thresholds
    assert np.isfinite(coder.logits(session_of(*said))).all()


@given(texts(), st.sampled_from(["therapist", "client"]))
@one_coder
def test_what_belongs_to_the_other_speaker_is_nan(coder, said, first):
    session = session_of(*said, first=first)
    table = coder.code(session)
    for turn, row in zip(session.turns, table.probabilities, strict=True):
        assert {CODES[code].speaker for code, p in zip(table.codes, row, strict=True) if not np.isnan(p)} == {
            turn.speaker
        }


@given(texts())
@one_coder
def test_no_word_is_lost_between_windows(forgetful_coder, said):
    """Where the network knows no past, the windows must make no difference: each turn has the answer to its words."""
    session = session_of(*said)
    network, numbers = forgetful_coder._network, tokenizer()
    numbers.no_truncation()
    numbers.no_padding()
    for turn, row in zip(session.turns, forgetful_coder.logits(session), strict=True):
        mark = THERAPIST_MARK if turn.speaker == "therapist" else CLIENT_MARK
        tokens = numbers.encode(turn.text).ids
        pieces = [tokens[at : at + LONGEST_PIECE] for at in range(0, max(len(tokens), 1), LONGEST_PIECE)]
        answers = [network.of_tokens([mark, *piece, TURN_END]) for piece in pieces]
        assert np.allclose(row[:COLUMNS], np.max(answers, axis=0), atol=1e-5)


@given(texts(), st.data())
@one_coder
def test_later_turns_change_nothing(coder, said, data):
    kept = data.draw(st.integers(1, len(said)))
    other = [*said[:kept], *data.draw(texts())]
    before, after = (coder.logits(session_of(*some))[:kept] for some in (said, other))
    assert np.allclose(before, after, atol=1e-5)


def test_earlier_turns_do_matter(coder):
    last = [
        coder.logits(session_of(first, "I don't know"))[-1] for first in ("why stop work", "I feel that's hard sorry")
    ]
    assert np.abs(last[0] - last[1])[:COLUMNS].max() > 0.1


@given(texts(most_turns=30), st.integers(1, 9))
@settings(one_coder, max_examples=15)
def test_how_many_windows_are_read_side_by_side_changes_nothing(coder, said, threads):
    session = session_of(*said)
    expected = coder.logits(session)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coder, "threads", threads)
        assert np.array_equal(coder.logits(session), expected)


@given(st.lists(texts(), min_size=2, max_size=3))
@settings(one_coder, max_examples=10)
def test_reading_one_session_leaves_no_trace_in_the_next(coder, sessions):
    first = [coder.logits(session_of(*said)) for said in sessions]
    again = [coder.logits(session_of(*said)) for said in reversed(sessions)]
    assert all(np.array_equal(a, b) for a, b in zip(first, reversed(again), strict=True))


def test_a_turn_of_many_thousand_words_is_read_in_pieces(coder):
    long = " ".join(VOCABULARY * 1000)
    logits = coder.logits(session_of("why", long, "I know"))
    assert np.isfinite(logits).all()
    assert coder._network.widest < 100


def test_the_strongest_piece_of_a_long_turn_counts(forgetful_coder):
    calm, hurt = "week " * LONGEST_PIECE, "hurt " * LONGEST_PIECE
    separate = [forgetful_coder.logits(session_of("why", text))[1, :COLUMNS] for text in (calm, hurt)]
    together = forgetful_coder.logits(session_of("why", calm + hurt))[1, :COLUMNS]
    assert np.allclose(together, np.maximum(*separate), atol=1e-5)


def test_turns_without_words_are_read(coder):
    table = coder.code(session_of("", "", "[pause]", ""))
    assert np.nanmin(table.probabilities) >= 0
    assert np.nanmax(table.probabilities) <= 1


@pytest.mark.parametrize(
    "written, plain",
    [
        ("I don’t know", "I don't know"),
        ("I (laughs) know", "I [laughs] know"),
        ("I *laughing* know", "I [laughs] know"),
        ("  I \n know\x00", "I know"),
    ],
)
def test_one_thing_written_in_two_ways_is_read_as_one(coder, written, plain):
    read = [coder.logits(session_of("why", text)) for text in (written, plain)]
    assert np.array_equal(*read)


def test_it_carries_the_name_of_its_weights(coder):
    assert coder.version == "made up"


@pytest.fixture
def copy(weights: Path, tmp_path: Path) -> Path:
    """Weights that a test may damage, with a file in the network's place."""
    folder = tmp_path / "weights"
    shutil.copytree(weights, folder)
    (folder / "coder.onnx").write_bytes(b"not a network")
    return folder


PARTS = {"coder.json": "card", "tokenizer.json": "_tokenizer", "words.npz": "_words", "coder.onnx": "_network"}


def failure(folder: Path, name: str) -> str:
    """What is said when the part that this file holds is loaded."""
    with pytest.raises(ModelError) as caught:
        getattr(Coder(folder), PARTS[name])
    return str(caught.value)


def unusable(name: str) -> str:
    return f"The coder's weights cannot be used, {name} is missing or damaged: reinstall attunement."


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_file_is_named_in_one_line(copy, name):
    (copy / name).unlink()
    assert failure(copy, name) == unusable(name)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("damage", ["empty", "cut off", "other bytes", "one byte"])
def test_a_damaged_file_is_named_in_one_line(copy, name, damage):
    data = (copy / name).read_bytes()
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 0xFF
    damaged = {"empty": b"", "cut off": data[: len(data) // 2], "other bytes": b"\x93NUMPY\x01", "one byte": flipped}
    (copy / name).write_bytes(damaged[damage])
    assert failure(copy, name) == unusable(name)


def test_no_weights_at_all_is_told_in_one_line(tmp_path):
    assert failure(tmp_path / "nowhere", "coder.json") == unusable("coder.json")


@pytest.mark.parametrize("content", ["[]", "{}", '{"calibration": []}', '{"calibration": {"codes": {}}}', "null"])
def test_a_card_of_another_make_is_told_in_one_line(copy, content):
    (copy / "coder.json").write_text(content, encoding="utf-8")
    assert failure(copy, "coder.json") == unusable("coder.json")


def test_a_network_that_cannot_be_loaded_is_told_when_a_session_is_coded(copy):
    with pytest.raises(ModelError, match=r"coder\.onnx"):
        Coder(copy).code(session_of("why", "I know"))


def test_the_shipped_coder_is_loaded_once(copy, monkeypatch):
    monkeypatch.setattr(model, "WEIGHTS", copy)
    shipped_coder.cache_clear()
    try:
        assert shipped_coder() is shipped_coder()
        assert shipped_coder().folder == copy
    finally:
        shipped_coder.cache_clear()
