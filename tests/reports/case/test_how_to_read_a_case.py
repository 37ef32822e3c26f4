"""The guide to a case says what its report says."""

from dataclasses import replace
from pathlib import Path

import pytest

from attunement.reports.case import sessions_csv, wording
from attunement.reports.case.attention import alerts_section, before_next_sections
from attunement.reports.case.sections import detail_sections
from attunement.reports.case.signs import SIGNS
from stand_in_case import full_case

GUIDE = (Path(__file__).parents[3] / "docs" / "how-to-read-a-case.md").read_text(encoding="utf-8")
FLAT = " ".join(GUIDE.split())


def test_every_alert_is_explained() -> None:
    for title in wording.ALERT.values():
        assert f"| {title} |" in GUIDE


def test_every_part_of_the_report_is_explained() -> None:
    full = full_case()
    for section in (alerts_section(full), *detail_sections(full)):
        assert section.title in FLAT or section.title.lower() in FLAT.lower()
    assert len(before_next_sections(full)) == 3
    assert "## Before the next session" in GUIDE


def test_every_kind_of_hidden_strain_is_named() -> None:
    for title in wording.HIDDEN.values():
        assert f"- {title}\n" in GUIDE


@pytest.mark.parametrize("sign", ["in_session", "late", "missed", "open", "drop", "back", "full", "partial"])
def test_every_sign_of_the_relationship_is_explained(sign: str) -> None:
    assert f"`{SIGNS[sign]}`" in GUIDE  # type: ignore[index]


def test_what_a_confidence_is_about_is_said_as_the_report_says_it() -> None:
    full = full_case()
    said = {
        *(entry.confidence or "" for section in detail_sections(full) for entry in section.entries),
        *(entry.confidence or "" for entry in alerts_section(replace(full, beliefs=())).entries),
    }
    for phrase in ("that it went so", "that the words say so", "how likely is not known"):
        assert f'"{phrase}"' in GUIDE
        assert any(phrase in each for each in said)


def test_the_columns_it_names_are_there() -> None:
    columns = sessions_csv(full_case()).splitlines()[0].split(",")
    for column in (
        "client",
        "session",
        "date",
        "file",
        "turns",
        "attunement",
        "strain",
        "openness",
        "alerts",
        "events",
    ):
        assert f"`{column}`" in GUIDE
        assert column in columns
    for column in ("probable_rupture", "sudden_gain_after"):
        assert f"`{column}`" in GUIDE
        assert column in columns


def test_it_says_that_nothing_is_validated_and_that_risk_has_to_be_asked() -> None:
    assert "not been validated on real therapies" in FLAT
    assert "made for this program and is not validated" in FLAT
    assert "**Risk cannot be seen from here**" in GUIDE
    assert "unreliable markers" in GUIDE
