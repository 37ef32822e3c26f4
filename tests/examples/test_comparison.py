from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from attunement.examples import answer_to, compare, rendered
from attunement.examples.comparison import sentences
from attunement.reading import Reading
from stand_in import stand_in


@pytest.fixture
def reading() -> Reading:
    """A reading of the decisive session that finds everything the careful reader marked."""
    return Reading(stand_in(answer_to("leander-3")))


def changed(reading: Reading, **findings: object) -> Reading:
    return Reading(replace(reading.findings, **findings))


def verdicts(reading: Reading) -> dict[str, str]:
    return {each.type: each.verdict for each in compare([reading]).episodes}


def test_what_both_mark_is_found(reading):
    assert verdicts(reading) == {"rupture": "found", "repair": "found", "corrective": "found"}
    assert "Found 3 of the 3 decisive episodes." in sentences(compare([reading]))


def test_what_the_program_does_not_see_is_missed_and_said(reading):
    comparison = compare([changed(reading, correctives=())])
    assert "Found 2 of the 3 decisive episodes." in sentences(comparison)
    assert "Missed: the corrective of leander-3." in sentences(comparison)


def test_less_than_half_of_an_episode_is_not_found(reading):
    (rupture,) = reading.findings.ruptures  # turns 8–30
    short = changed(reading, ruptures=(replace(rupture, start=8, end=18),))
    assert verdicts(short)["rupture"] == "in part"
    longer = changed(reading, ruptures=(replace(rupture, start=8, end=19),))
    assert verdicts(longer)["rupture"] == "found"


def test_what_only_the_program_sees_is_counted_too(reading):
    (rupture,) = reading.findings.ruptures
    comparison = compare([changed(reading, ruptures=(rupture, replace(rupture, start=50, end=60)))])
    assert [each.verdict for each in comparison.invented] == ["not marked"]
    assert sentences(comparison)[-1].endswith("; 1 more that the careful reader did not mark.")


def test_a_session_with_the_roles_exchanged_is_said(reading):
    session = reading.session
    swapped = tuple(
        replace(turn, speaker="client" if turn.speaker == "therapist" else "therapist") for turn in session.turns
    )
    comparison = compare([changed(reading, session=replace(session, turns=swapped))])
    assert sentences(comparison)[0] == "Who is the therapist: right in 0 of 1 sessions."


def test_the_table_fits_a_narrow_window(reading):
    console = Console(file=StringIO(), width=80)
    console.print(rendered(compare([reading])))
    shown = console.file.getvalue()
    assert "leander-3 *" in shown
    assert max(map(len, shown.splitlines())) <= 80
