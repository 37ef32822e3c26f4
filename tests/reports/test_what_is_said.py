"""Summary, findings, next time: the sentences a therapist reads."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from odd_sessions import odd_reading, readings

from attunement.episodes.limits import cannot_tell, without_claims
from attunement.episodes.model import Attunement, Moment, SessionReading
from attunement.reports import next_time, summary, warnings, words
from attunement.reports.findings import findings
from attunement.reports.how_many import how_many
from attunement.reports.timeline import timeline, timeline_in_words
from stand_in import example


def test_the_summary_names_turns_times_and_confidence() -> None:
    attunement, rupture, corrective = summary(example(timed=True))
    assert "plausibly" in attunement
    assert "turns 6–58 (0:18–7:42)" in rupture
    assert "likely (67%)" in rupture
    assert "The therapist took it up from turn 11" in rupture
    assert "full corrective experience" in corrective


def test_the_summary_has_no_times_where_the_file_has_none() -> None:
    assert "turns 6–58. " in summary(example())[1]


def test_a_rupture_left_alone_is_said_to_be_so() -> None:
    assert "It was not taken up in this session." in summary(example("aiko-04"))[1]


def test_a_session_without_findings_is_told_kindly_and_without_false_comfort() -> None:
    reading = replace(example("hanne-03"), insights=())
    _, rupture, corrective = summary(reading)
    assert rupture.startswith("No rupture was found")
    assert "words alone do not show it" in rupture
    assert "most good sessions have none" in corrective


def test_insight_alone_is_not_called_a_corrective_experience() -> None:
    assert "insight alone is not yet one" in summary(example("hanne-03"))[2]


def test_too_few_moments_give_no_rate() -> None:
    moment = Moment(2, 3, "feeling", 1.0, 0.9, 0.1, 0.0)
    some = replace(example("hanne-03"), attunement=Attunement(None, None, (moment,), (None,) * 54))
    none = replace(some, attunement=Attunement(None, None, (), (None,) * 54))
    assert summary(some)[0] == "Only 1 moment called for attunement, too few to give a rate."
    assert "no rate to give" in summary(none)[0]


def test_what_is_still_open_comes_first_in_the_summary() -> None:
    mended = example().ruptures[0]
    open_one = replace(mended, start=60, end=70, confidence=0.5, noticed="not_taken_up", noticed_by=None)
    text = summary(replace(example(), ruptures=(mended, open_one)))[1]
    assert "turns 60–70" in text
    assert "There may have been strain in turns 6–58 too." in text


def test_every_finding_has_evidence_within_the_session() -> None:
    for name in ("kwame-07", "aiko-04", "hanne-03"):
        reading = example(name)
        for finding in findings(reading):
            assert finding.evidence
            assert all(1 <= turn <= len(reading.session.turns) for turn in finding.evidence)


def test_missed_moments_inside_a_rupture_are_not_told_twice() -> None:
    assert not [finding for finding in findings(example("aiko-04")) if finding.kind == "missed" and finding.start > 9]


def test_suggestions_are_options_that_name_their_ground() -> None:
    for name in ("kwame-07", "aiko-04", "hanne-03"):
        for suggestion in next_time(example(name)):
            assert "You might" in suggestion.text or "you might" in suggestion.text
            assert suggestion.finding
            assert suggestion.why
            assert suggestion.turns


def test_a_rupture_not_taken_up_is_suggested_before_anything_else() -> None:
    first = next_time(example("aiko-04"))[0]
    assert "withdrawal rupture, turns 9–45" in first.finding
    assert "leave room for" in first.text


def test_without_findings_the_client_is_asked() -> None:
    quiet = replace(example("hanne-03"), insights=(), attunement=Attunement(None, None, (), (None,) * 54))
    (only,) = next_time(quiet)
    assert "how this session was for the client" in only.text


@settings(max_examples=60, deadline=None)
@given(readings())
def test_any_session_gets_sentences_and_at_most_four_options(reading: SessionReading) -> None:
    assert len(summary(reading)) == (1 if cannot_tell(reading.session) else 3)
    assert 1 <= len(next_time(reading)) <= 4
    assert timeline_in_words(reading)
    for text in (*summary(reading), *timeline_in_words(reading), *(f.text for f in findings(reading))):
        assert text.endswith(".")
        assert "None" not in text
        assert "nan" not in text.split()


@settings(max_examples=60, deadline=None)
@given(readings())
def test_the_band_holds_the_line(reading: SessionReading) -> None:
    for point in timeline(reading).line:
        assert 0 <= point.low <= point.rate <= point.high <= 1


def test_the_band_narrows_with_the_moments() -> None:
    line = timeline(example()).line
    assert line[-1].high - line[-1].low < line[0].high - line[0].low


def test_a_short_file_is_warned_of_once() -> None:
    reading = odd_reading(["a", "b"])
    said = ("Only 2 turns: codes can be read, but hardly anything about a session.",)
    assert warnings(replace(reading, session=replace(reading.session, warnings=said))) == list(said)


def test_warnings_of_the_file_are_kept() -> None:
    assert "Lines 3–4 could not be read." in warnings(odd_reading(["a", "b"]))


@pytest.mark.parametrize("share, words_", [(0.004, "under 1%"), (0.5, "50%"), (0.994, "over 99%"), (1.0, "over 99%")])
def test_no_estimate_is_certain(share: float, words_: str) -> None:
    assert words.percent(share) == words_


@pytest.mark.parametrize("seconds, clock", [(0, "0:00"), (65.9, "1:05"), (3661, "1:01:01")])
def test_times_read_as_a_clock(seconds: float, clock: str) -> None:
    assert words.clock(seconds) == clock


def test_a_quotation_is_cut_at_a_word_and_says_so() -> None:
    assert words.quote("one two three four", 9) == "“one two …”"
    assert words.quote("short") == "“short”"


def test_control_and_direction_characters_do_not_reach_the_screen() -> None:
    assert words.safe("a\x1b[31m\u202eb\x00\nc") == "a[31mb c"


def test_every_code_has_words() -> None:
    assert words.code_label("complaint_therapist") == "complaint about the therapist"
    assert words.code_label("felt_met") == "felt met"
    assert words.code_group("denial") == ("withdrawal", "▽")
    assert words.code_group("redirect") == ("other", "·")


def test_a_short_session_is_said_to_be_too_short() -> None:
    (sentence,) = summary(odd_reading(["a", "b"] * 7))
    assert sentence.startswith("Cannot tell how the two got on: 14 turns are too few")
    assert any("Only 14 turns" in warning for warning in warnings(odd_reading(["a", "b"] * 7)))


def test_unsure_roles_are_said_with_what_to_do() -> None:
    (sentence,) = summary(odd_reading(["a", "b"] * 20, how="guessed"))
    assert sentence.startswith("Cannot tell, because it is not sure who is the therapist (60% for ")
    assert "Name the therapist" in sentence


def test_how_many_turns_is_said_with_its_range() -> None:
    said = how_many(example())
    assert said is not None
    assert re.fullmatch(
        r"About \d+ of the client's \d+ turns, plausibly \d+ to \d+, move away or push back; "
        r"(about \d+|hardly any) of the therapist's \d+, plausibly \d+( to \d+)?, take strain up\.",
        said,
    )


def test_of_a_short_session_nothing_is_counted() -> None:
    assert how_many(odd_reading(["a", "b"] * 5)) is None


def test_a_short_session_has_no_line_to_draw() -> None:
    reading = without_claims(odd_reading(["a", "b"] * 7))
    assert timeline(reading).line == ()
