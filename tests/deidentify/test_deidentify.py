from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.deidentify.spoken import spoken

from attunement.deidentify import Kind, Wishes, deidentify, secret_days

WISHES = Wishes(days=-70)


def plain(text: str, **about: object) -> str:
    return deidentify([spoken(text, **about)], WISHES).sessions[0].session.turns[0].text  # type: ignore[arg-type]


def test_one_name_has_one_placeholder_in_all_its_forms_and_sessions() -> None:
    first = spoken("I saw Kevin Barlow.", "Kevin's well?")
    second = spoken("Kev rang. And Barlow's dog.", number=2)
    found = deidentify([first, second], WISHES)
    assert [turn.text for each in found.sessions for turn in each.session.turns] == [
        "I saw [PERSON 1].",
        "[PERSON 1]'s well?",
        "[PERSON 1] rang. And [PERSON 1]'s dog.",
    ]


def test_two_people_stay_two() -> None:
    assert plain("My sister Nuala and my friend Agnieszka.") == "My sister [PERSON 1] and my friend [PERSON 2]."


def test_those_who_speak_are_named_by_their_role_also_where_they_are_spoken_of() -> None:
    said = spoken("I told Dr Ruiz.", "Maribel, Mari, come in.", client="Maribel Santos", therapist="Dr Ruiz")
    [session] = [each.session for each in deidentify([said], WISHES).sessions]
    assert [turn.text for turn in session.turns] == ["I told Dr [THERAPIST].", "[CLIENT], [CLIENT], come in."]
    assert [turn.name for turn in session.turns] == ["Client", "Therapist"]
    assert (session.roles.client, session.roles.therapist, session.id, session.source) == (
        "Client",
        "Therapist",
        "session-001",
        None,
    )


@pytest.mark.parametrize(
    "text, kind",
    [
        ("I grew up in Guildford.", Kind.PLACE),
        ("She works at St Mary's Hospital.", Kind.ORGANISATION),
        ("He went to Barnsley College.", Kind.ORGANISATION),
        ("We met at the Tesco.", Kind.ORGANISATION),
        ("They only speak Yoruba.", Kind.ORIGIN),
        ("My sister Hope rang.", Kind.PERSON),
        ("Mrs Will was there.", Kind.PERSON),
        ("Rose Garbutt came.", Kind.PERSON),
        ("I live at 12 Elm Street.", Kind.ADDRESS),
        ("It's M14 5TP.", Kind.ADDRESS),
        ("Ring 07700 900123.", Kind.TELEPHONE),
        ("It's oh seven seven oh oh nine double oh one.", Kind.TELEPHONE),
        ("Write to mari.santos@example.org.", Kind.MAIL),
        ("It's mari dot santos at gmail dot com.", Kind.MAIL),
        ("Look at www.example.org/mari.", Kind.WEB),
        ("The policy is 123456789.", Kind.NUMBER),
        ("The card says AB123456C.", Kind.NUMBER),
        ("My nan is ninety-three.", Kind.AGE),
        ("He turned 90 and sang.", Kind.AGE),
    ],
)
def test_each_kind_is_found(text: str, kind: Kind) -> None:
    report = deidentify([spoken(text)], WISHES).report
    assert [each.kind for each in report.replacements] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "It was ninety minutes.",
        "Will you come on Tuesday? May I ask? March on!",
        "NOBODY listens. I said STOP.",
        "The GP said PTSD. CBT helps. God help me.",
        "Mum and Dad know. So does Nan.",
        "The fourth session was the third time.",
        "I earn £45000 and slept four hours, five, six.",
        "Hmm. Ohh. Och, no. Mm-hm.",
    ],
)
def test_what_tells_nobody_anything_stays(text: str) -> None:
    assert plain(text) == text


def test_a_name_written_small_is_found_where_another_turn_has_its_capital() -> None:
    found = deidentify([spoken("I miss Zubeida.", "zubeida, yes.")], WISHES)
    assert found.sessions[0].session.turns[1].text == "[PERSON 1], yes."


def test_a_session_without_capitals_is_searched_by_lists_and_unknown_words() -> None:
    found = deidentify([spoken("my sister agnieszka lives in guildford", "and mrs kosgei is in wheddon")], WISHES)
    assert [turn.text for turn in found.sessions[0].session.turns] == [
        "my sister [PERSON 1] lives in [PLACE 1]",
        "and mrs [PERSON 2] is in [PLACE 2]",
    ]


def test_words_to_keep_stay_and_words_to_replace_too_go() -> None:
    wishes = Wishes(keep=("Guildford",), also=("accordion",), days=-70)
    found = deidentify([spoken("The accordion in Guildford.")], wishes)
    assert found.sessions[0].session.turns[0].text == "The [NAME 1] in Guildford."


def test_the_report_counts_every_replacement() -> None:
    report = deidentify([spoken("Nuala rang Nuala in Guildford.")], WISHES).report
    assert (report.counts[Kind.PERSON], report.counts[Kind.PLACE], report.counts[Kind.MAIL]) == (2, 1, 0)
    assert report.lines == ["people's names: 2", "places: 1"]
    assert (report.sessions, report.turns) == (1, 1)


def test_the_days_dates_are_moved_by_are_whole_weeks_and_not_few() -> None:
    drawn = {secret_days() for _ in range(200)}
    assert all(days % 7 == 0 and 35 <= abs(days) <= 364 for days in drawn)
    assert len(drawn) > 20


def test_the_sessions_date_moves_as_far_as_those_in_the_words() -> None:
    found = deidentify([spoken("On 2022-03-10.", day=date(2022, 3, 8))], WISHES)
    assert found.sessions[0].date == date(2021, 12, 28)
    assert found.sessions[0].session.turns[0].text == "On 2021-12-30."


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_anything_can_be_read_and_turns_stay_turns(texts: list[str]) -> None:
    found = deidentify([spoken(*texts)], WISHES)
    assert [turn.number for turn in found.sessions[0].session.turns] == list(range(1, len(texts) + 1))
    again = deidentify([spoken(*(turn.text for turn in found.sessions[0].session.turns))], WISHES)
    assert len(again.sessions[0].session.turns) == len(texts)
