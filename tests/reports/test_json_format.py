"""The public format: what stands in it, and that every answer fulfils its schema."""

import json

import jsonschema
import pytest
from hypothesis import given, settings
from odd_sessions import odd_reading, readings

from attunement.codebook import CLIENT_CODES, THERAPIST_CODES
from attunement.episodes.model import SessionReading
from attunement.reports import schema, to_json
from stand_in import example

VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", ["kwame-07", "aiko-04", "hanne-03"])
def test_a_reading_fulfils_the_schema(name: str) -> None:
    VALIDATOR.validate(to_json(example(name, timed=True), coder="0.1.0"))


@settings(max_examples=40, deadline=None)
@given(readings())
def test_odd_sessions_fulfil_the_schema_and_hold_no_nan(reading: SessionReading) -> None:
    record = to_json(reading)
    VALIDATOR.validate(record)
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_every_code_of_the_speaker_has_its_probability_and_no_other() -> None:
    therapist, client = to_json(example())["turns"][:2]
    assert tuple(therapist["codes"]) == THERAPIST_CODES
    assert tuple(client["codes"]) == CLIENT_CODES
    assert "empathy" in therapist
    assert "experiencing" not in therapist
    assert "experiencing" in client
    assert "empathy" not in client


def test_experiencing_is_the_most_likely_level() -> None:
    for turn in to_json(example())["turns"][1::2]:
        chances = turn["experiencing_probabilities"]
        assert chances[turn["experiencing"]] == max(chances)


def test_episodes_carry_the_attributes_of_the_codebook() -> None:
    episodes = {episode["type"]: episode for episode in to_json(example())["episodes"]}
    assert episodes["rupture"]["kind"] == "mixed"
    assert episodes["rupture"]["noticed_by"] == "therapist"
    assert episodes["repair"]["resolution"] == "full"
    assert "meaning" in episodes["corrective"]["components"]


def test_the_text_is_kept_as_it_was_said() -> None:
    said = ["<b>\x07", "ok"]
    assert [turn["text"] for turn in to_json(odd_reading(said))["turns"]] == said


def test_two_turns_are_read_with_a_warning() -> None:
    record = to_json(odd_reading(["And you?", "Fine."], seed=1))
    assert any("Only 2 turns" in warning for warning in record["warnings"])
    assert record["attunement"]["rate"] is None


def test_an_unknown_field_of_the_reading_would_be_noticed() -> None:
    record = to_json(example())
    record["episodes"][0]["kind"] = "quarrel"
    assert not VALIDATOR.is_valid(record)
