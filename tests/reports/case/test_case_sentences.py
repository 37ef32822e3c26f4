"""What is said of a case: plain, with its uncertainty, and nothing that was not found."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from odd_cases import cases

from attunement.case.findings import Belief, CaseFindings, Evidence, Fit, HiddenStrain
from attunement.case.record import Event
from attunement.reports.case import case_summary, wording
from attunement.reports.case.attention import alerts_section, before_next_sections
from attunement.reports.case.beliefs import beliefs_section
from attunement.reports.case.change import change_section
from attunement.reports.case.entries import Entry, Section, shown_of
from attunement.reports.case.relationship import fit_section, frame_section, hidden_section, ratings_section
from attunement.reports.case.sections import detail_sections, notes
from attunement.reports.case.sessions import course_in_words
from attunement.reports.case.standing import facts
from attunement.reports.case.threads import straining_section, threads_section
from stand_in_case import almost_empty_case, full_case


@pytest.fixture(scope="module")
def full() -> CaseFindings:
    return full_case()


def by_title(section: Section, start: str) -> Entry:
    return next(entry for entry in section.entries if entry.title.startswith(start))


def test_the_first_line_counts_sessions_and_transcripts(full: CaseFindings) -> None:
    assert facts(full) == (
        "Nine sessions, one of them cancelled, 8 February 2024 to 4 April 2024, four transcripts read."
    )


def test_the_summary_says_distress_relationship_thread_and_what_is_open(full: CaseFindings) -> None:
    distress, relationship, thread, left_open = case_summary(full)
    assert distress.startswith("Distress (PHQ-9) went from 17 to 7 between sessions 1 and 9: a real change")
    assert "no longer in the clinical range" in distress
    assert "Much of it came at once, after session 5" in distress
    assert "after session 5 (since back)" in relationship
    assert "signs of four ruptures: one taken up in the session, one taken up later, one not taken up" in relationship
    assert thread.startswith("It is likely (78%) that an expectation is voiced in sessions 2, 5 and 8: “It's okay.")
    assert thread.endswith("Something lived may have spoken against it since.")
    assert left_open.startswith("Still open: The week at home, for Obon;")


def test_a_drop_in_ratings_is_called_probable_and_unreliable(full: CaseFindings) -> None:
    assert "Probable rupture only: such drops are unreliable markers" in case_summary(full)[1]
    section = ratings_section(full)
    assert "unreliable markers" in section.rests_on
    assert section.entries[0].title == "Session 5: probable rupture, a drop in ratings"


def test_a_case_of_which_nothing_is_known_says_so_and_promises_nothing() -> None:
    distress, relationship, thread, left_open = case_summary(almost_empty_case())
    assert "cannot be told" in distress
    assert "The relationship was not rated. No transcript was read" in relationship
    assert thread == "Expectations that return show in transcripts only."
    assert left_open == "Nothing that was left open was found."


def test_too_few_ratings_are_not_taken_for_steady_ones(full: CaseFindings) -> None:
    assert full.alliance is not None
    few = replace(
        full, alliance=replace(full.alliance, ruptures=None, repairs=None, reasons=("ruptures: cannot tell",))
    )
    assert "too few ratings" in case_summary(few)[1]
    assert ratings_section(few).nothing == "Ruptures: cannot tell."


@pytest.mark.parametrize(
    "reliable, says",
    [
        ("deteriorated", "a real change for the worse"),
        ("unchanged", "no more than measurement error explains"),
        (None, "cannot be told"),
    ],
)
def test_a_change_is_called_real_only_where_it_is(full: CaseFindings, reliable: str | None, says: str) -> None:
    change = replace(full.changes[0], reliable=reliable, category=None, gains=())
    text = case_summary(replace(full, changes=(change,)))[0]
    assert says in text
    assert "clinical range" not in text


def test_change_is_said_with_direction_index_and_sudden_gain(full: CaseFindings) -> None:
    entry = change_section(full).entries[0]
    assert entry.title == "PHQ-9: 17 → 7"
    assert "lower is better" in entry.text
    assert "Reliable change index 4.1 for the better" in entry.text
    assert "A sudden gain of 7 points came after session 5. It has held since." in entry.text


def test_alerts_come_by_urgency_each_with_basis_confidence_and_one_step(full: CaseFindings) -> None:
    shuffled = replace(full, alerts=tuple(reversed(full.alerts)))
    entries = alerts_section(shuffled).entries
    assert [entry.title for entry in entries] == [
        "A rupture left open",
        "Something may be unsaid",
        "Probable rupture: a drop in ratings",
    ]
    assert all(entry.basis and entry.step and entry.evidence and entry.confidence for entry in entries)
    assert entries[0].confidence == "more likely than not, 61%"
    assert entries[2].confidence == "how likely is not known"


def test_no_alert_is_no_all_clear_and_risk_has_to_be_asked() -> None:
    section = alerts_section(almost_empty_case())
    assert "no all-clear" in section.nothing
    assert any("has to be asked" in sentence for sentence in section.also)


def test_a_belief_is_quoted_with_its_place_and_what_spoke_against_it(full: CaseFindings) -> None:
    entry = beliefs_section(full).entries[0]
    assert entry.title.startswith("“It's okay. He doesn't know how long it takes me.")
    assert entry.place is not None
    assert entry.place.place == "Session 2, turn 30"
    assert [group.label for group in entry.evidence] == [
        "Also said",
        "Contradicted by",
        "New view",
        "Lived outside",
        "Understood",
    ]
    assert max(point.value for point in entry.strength) == 1.0


def test_insight_is_told_apart_from_experience(full: CaseFindings) -> None:
    texts = [entry.text for entry in beliefs_section(full).entries]
    assert texts[0].startswith("Something lived may speak against it")
    assert texts[1].startswith("Understood, not yet lived")
    assert texts[2] == "One session alone cannot tell whether it moves."


def test_a_weak_sign_is_called_a_weak_sign(full: CaseFindings) -> None:
    weak: Belief = replace(full.beliefs[0], confidence=0.31)
    assert case_summary(replace(full, beliefs=(weak,)))[2].startswith("There is a weak sign (31%) that")


def test_every_rupture_says_what_became_of_it(full: CaseFindings) -> None:
    section = threads_section(full)
    assert by_title(section, "Session 2: rupture").title.endswith("not taken up so far")
    late = by_title(section, "Session 4: rupture")
    assert late.title.endswith("taken up later")
    assert [group.label for group in late.evidence] == [None, "Taken up"]
    unknown = by_title(section, "Session 8: rupture")
    assert unknown.confidence is None
    assert "cannot be told yet" in unknown.text


def test_repairs_say_whether_they_held(full: CaseFindings) -> None:
    section = threads_section(full)
    assert by_title(section, "Session 5: repair").title == "Session 5: repair that held"
    assert "no later session to tell from" in by_title(section, "Session 8: repair").text


def test_threads_stand_in_the_order_of_the_sessions(full: CaseFindings) -> None:
    numbers = [int(entry.title.split()[1].rstrip(":")) for entry in threads_section(full).entries]
    assert numbers == sorted(numbers)


def test_what_helped_is_counted_and_few_times_give_no_rate(full: CaseFindings) -> None:
    section = straining_section(full)
    assert "about 89% of the strain draws back" in by_title(section, "How strain shows").text
    asked = by_title(section, "Senses the unspoken")
    assert asked.text == "Strain eased about 4 of 5 times (72%, plausibly 31% to 94%)."
    assert by_title(section, "Steers back").text == "Strain eased hardly ever in 2 times, too few to give a rate."


def test_hidden_strain_is_a_question_and_its_chance_is_that_of_the_words(full: CaseFindings) -> None:
    entries = hidden_section(full).entries
    assert all(entry.text.endswith("?") for entry in entries)
    assert entries[0].confidence == "likely, 68% that the words say so"
    rated: HiddenStrain = replace(full.hidden[0], confidence=None)
    assert hidden_section(replace(full, hidden=(rated,))).entries[0].confidence is None


def test_the_frame_counts_agreements_and_blames_nobody(full: CaseFindings) -> None:
    section = frame_section(full)
    assert by_title(section, "Agreements").text == "1 kept, 1 not kept, 1 not known yet."
    assert by_title(section, "Cancelled").text == "Once by the therapist."
    assert "only the two of you know" in by_title(section, "Beside the drop").text


@pytest.mark.parametrize("stage", ["too_early", "growing", "steady_high", "talk_about_it", "consider_another"])
def test_fit_is_said_kindly_at_every_stage(full: CaseFindings, stage: str) -> None:
    found = replace(full, fit=Fit(stage, 0.1, (-0.1, 0.3), (), ()))  # type: ignore[arg-type]
    entry = fit_section(found).entries[0]
    assert "failure" not in entry.text.replace("nobody's failure", "")
    assert ("see Fit" in case_summary(found)[3]) == (stage in ("talk_about_it", "consider_another"))


def test_the_page_before_the_next_session_quotes_the_client(full: CaseFindings) -> None:
    left_open, helped, strengths = before_next_sections(full)
    assert left_open.entries[0].evidence[0].shown[0].speaker == "client"
    assert left_open.step == "To take up"
    assert [entry.title for entry in helped.entries] == ["Senses the unspoken", "Acknowledges own part"]
    assert strengths.entries[0].evidence


def test_evidence_without_its_transcript_still_says_where_to_look(full: CaseFindings) -> None:
    shown = list(shown_of(Evidence(3, turns=(4,)), full.case))
    assert (shown[0].place, shown[0].words) == ("Session 3, turn 4", None)
    beyond = list(shown_of(Evidence(8, turns=(4000,)), full.case))
    assert beyond[0].words is None


def test_measures_are_called_as_people_call_them(full: CaseFindings) -> None:
    assert wording.measure("phq9", full.case) == "PHQ-9"
    assert wording.measure("unsaid", full.case) == "left unsaid"
    assert wording.measure("my own scale", full.case) == "my own scale"


@pytest.mark.parametrize(
    "event, says",
    [
        (Event("late", 1, by="client", minutes=10), "the client was 10 minutes late"),
        (Event("late", 1), "someone was late"),
        (Event("cancelled", 1, by="therapist", note="flu"), "the therapist cancelled (flu)"),
        (
            Event("agreement", 1, note="ring first", kept=None, due=3),
            "agreed: “ring first”, not known yet, due by session 3",
        ),
        (Event("agreement", 1, kept=False), "agreed: an agreement, not kept"),
        (Event("therapist_state", 1, state="tired"), "the therapist was tired"),
        (Event("break", 1, note="summer"), "a break (summer)"),
    ],
)
def test_events_are_told_as_they_were_noted(event: Event, says: str) -> None:
    assert wording.event(event) == says


def test_every_section_says_in_a_line_what_it_rests_on(full: CaseFindings) -> None:
    for section in (alerts_section(full), *detail_sections(full), *before_next_sections(full)):
        assert section.rests_on.startswith("Rests on ")
        assert "\n" not in section.rests_on


def test_notes_name_what_could_not_be_read(full: CaseFindings) -> None:
    assert notes(full) == ["measures.csv, row 31: 'phq9' is 41, but goes from 0 to 27; left out."]


def test_the_time_line_is_there_in_words(full: CaseFindings) -> None:
    said = course_in_words(full)
    assert said[0].startswith("PHQ-9 (lower is better): session 1 17, session 2 16")
    assert "Session 6: The therapist cancelled (flu)." in said
    assert "Session 5: Probable rupture: a drop in ratings, an unreliable marker." in said
    assert course_in_words(almost_empty_case()) == ["There is nothing to draw yet."]


@settings(max_examples=40, deadline=None)
@given(cases())
def test_whatever_is_missing_four_sentences_are_said_and_none_says_none_or_nan(findings: CaseFindings) -> None:
    said = case_summary(findings)
    assert len(said) == 4
    for section in (alerts_section(findings), *detail_sections(findings), *before_next_sections(findings)):
        said += [section.nothing, *(f"{entry.title} {entry.confidence or ''}" for entry in section.entries)]
    assert not [text for text in said if "None" in text or "nan" in text.split()]
