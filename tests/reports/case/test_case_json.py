"""The public format of a case: what stands in it, and that every answer fulfils its schema."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from odd_cases import cases

from attunement.case.findings import CaseFindings
from attunement.reports.case import CASE_SCHEMA, case_json, case_schema
from stand_in_case import almost_empty_case, full_case, long_case

VALIDATOR = jsonschema.Draft202012Validator(case_schema())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(case_schema())


@pytest.mark.parametrize("findings", [full_case(), almost_empty_case(), long_case(80)], ids=["full", "empty", "long"])
def test_a_case_fulfils_the_schema(findings: CaseFindings) -> None:
    VALIDATOR.validate(case_json(findings, coder="0.2.0"))


@settings(max_examples=40, deadline=None)
@given(cases())
def test_odd_cases_fulfil_the_schema_and_hold_no_nan(findings: CaseFindings) -> None:
    record = case_json(findings)
    VALIDATOR.validate(record)
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_the_schema_describes_every_field_there_is() -> None:
    assert undescribed(case_json(full_case()), case_schema()) == []


def undescribed(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """Fields of a record that no part of the schema names."""
    schema = resolved(schema)
    if isinstance(value, list):
        return [name for each in value for name in undescribed(each, schema.get("items", {}), path)]
    if not isinstance(value, dict) or path.endswith("episode"):
        return []
    properties: dict[str, Any] = {}
    for part in (schema, *schema.get("anyOf", []), *schema.get("allOf", [])):
        properties |= resolved(part).get("properties", {})
    if "start" in value and "evidence" in value:  # an episode: its further attributes are those of a reading
        return []
    found = [f"{path}/{key}" for key in value if key not in properties]
    for key, each in value.items():
        found += undescribed(each, properties.get(key, {}), f"{path}/{key}")
    return found


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = case_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def test_evidence_carries_its_words_and_where_to_look() -> None:
    piece = case_json(full_case())["beliefs"][0]["words"]
    assert (piece["session"], piece["turns"]) == (2, [30])
    assert piece["words"][0]["speaker"] == "client"
    assert piece["words"][0]["text"].startswith("It's okay. He doesn't know how long it takes me.")


def test_the_unknown_is_null_and_never_zero() -> None:
    record = case_json(almost_empty_case())
    assert record["schema"] == CASE_SCHEMA == "attunement/case/1"
    assert record["alliance"] is None
    assert record["fit"]["slope"] is None
    assert record["sessions"][0]["turn_count"] is None
    assert record["sessions"][0]["correctives"] is None
    assert case_json(full_case())["alerts"][2]["confidence"] is None


def test_alerts_are_ranked_and_caveats_are_part_of_the_data() -> None:
    record = case_json(full_case())
    urgencies = [alert["urgency"] for alert in record["alerts"]]
    assert urgencies == sorted(urgencies, reverse=True)
    assert any("not validated" in caveat for caveat in record["caveats"])
    assert "unreliable" in record["alliance"]["caveat"]


def test_a_field_with_another_meaning_would_be_noticed() -> None:
    record = case_json(full_case())
    record["threads"]["ruptures"][0]["noticed"] = "not_taken_up"
    assert not VALIDATOR.is_valid(record)
