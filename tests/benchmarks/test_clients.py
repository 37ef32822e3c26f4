"""The heads of the corpus are read by rules that can be checked."""

from __future__ import annotations

import pytest

from benchmarks.clients import NOT_SAID, SPLITS, client_of, clients


def head(client: str = "", modality: str = "", therapist: str = "") -> dict[str, str]:
    return {"client": client, "modality": modality, "therapist": therapist}


@pytest.mark.parametrize(
    "told, gender, age",
    [
        ("woman 34, nurse, night shifts; panic", "woman or girl", "25 to 44"),
        ("boy 16, year 11; sent by school", "man or boy", "under 25"),
        ("trans man 24, barista and part-time student", "non-binary or trans", "under 25"),
        ("man 30, tram conductor in Sheffield, trans; back in touch", "non-binary or trans", "25 to 44"),
        ("nonbinary, 23, barista", "non-binary or trans", "under 25"),
        ("man 76, hill farmer on Exmoor", "man or boy", "65 and over"),
        ("someone who would not say", NOT_SAID, NOT_SAID),
    ],
)
def test_gender_and_age_are_read_from_the_first_words(told, gender, age):
    client = client_of(head(told))
    assert (client.gender, client.age) == (gender, age)


@pytest.mark.parametrize(
    "told",
    [
        "man 61, hill farmer, mid Wales, first language Welsh",
        "woman 44, asylum seeker from Herat; careful second-language English",
        "woman 46, Danish-born primary teacher in Glasgow",
        "man 32, software tester, Bangalore to Toronto",
        "man 45, taxi owner-driver, Turkish German living in Leeds",
        "man 39, climate modeller in Bergen",
    ],
)
def test_english_is_a_further_language_where_the_head_says_so_or_whence_one_comes(told):
    assert client_of(head(told)).language == "English as a further language"


@pytest.mark.parametrize(
    "told",
    [
        "woman 33, litigation associate, Nigerian-American, Houston",
        "woman 27, dental receptionist, Leicester, Gujarati family",
        "man 20, civil engineering, born in Łódź, grew up in Leeds",
        "woman 39, orchestral violist, Amsterdam, English upbringing",
        "woman 46, adopted from Korea as an infant, Minneapolis",
        "man 38, university lecturer, Edinburgh; grew up in Lagos and Aberdeen",
        "woman 50, plumber, Hull",
    ],
)
def test_families_that_came_and_people_who_grew_up_in_english_do_not_count(told):
    assert client_of(head(told)).language == "English first, or not said"


@pytest.mark.parametrize(
    "modality, school",
    [
        ("CBT (manual for social anxiety)", "cognitive-behavioural"),
        ("integrative, psychodynamic", "psychodynamic"),
        ("person-centred / EFT", "humanistic"),
        ("gambling counselling, motivational interviewing", "motivational interviewing"),
        ("integrative NHS counselling", "integrative"),
        ("bereavement counselling", "counselling and other"),
    ],
)
def test_the_school_is_the_first_whose_words_the_modality_has(modality, school):
    assert client_of(head(modality=modality)).school == school


def test_every_session_of_the_corpus_has_all_five():
    told = clients()
    assert len(told) == 513
    assert not any(getattr(client, split) == NOT_SAID for client in told.values() for split in SPLITS)
