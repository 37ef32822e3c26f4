"""Named, labelled or guessed; nobody dropped in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from transcript_strategies import write

from attunement.errors import InputError
from attunement.transcripts import Session, load, role_words
from attunement.transcripts.role_names import role_of, split_role
from attunement.transcripts.roles import Voice, assign

CODED = sorted((Path(__file__).parents[1] / "data" / "coded").glob("*.txt"))
GUESSABLE = "Anna: How was your week?\nSam: I was fine, I guess.\nAnna: You guess?\nSam: Yeah, I don't know.\n"


def read(folder: Path, text: str, therapist: str | None = None) -> Session:
    return load(write(folder, "a.txt", text), therapist=therapist)


@pytest.mark.parametrize("name", ["Anna Bell", "anna bell", "ANNA", "a", "anna b"])
def test_the_user_names_the_therapist_in_any_case_or_by_a_beginning(name: str, tmp_path: Path) -> None:
    session = read(tmp_path, "Anna Bell: I was fine.\nSam: How are you?\n", name)
    assert (session.roles.therapist, session.roles.client, session.roles.how) == ("Anna Bell", "Sam", "named")
    assert session.roles.confidence is None


def test_a_whole_name_wins_over_a_beginning(tmp_path: Path) -> None:
    assert read(tmp_path, "Ann: Hello.\nAnna: Hi.\n", "ann").roles.therapist == "Ann"


def test_the_user_overrules_the_labels(tmp_path: Path) -> None:
    session = read(tmp_path, "T: Hello.\nC: Hi.\n", "C")
    assert [turn.speaker for turn in session.turns] == ["client", "therapist"]


@pytest.mark.parametrize("name, problem", [("Bob", "is not a speaker here"), ("", "is not a speaker here")])
def test_an_unknown_name_gets_the_list_of_speakers(name: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=rf"name given {problem}; the speakers are: Anna, Sam\.$"):
        read(tmp_path, GUESSABLE, name)


def test_a_beginning_that_fits_two_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fits more than one speaker; the speakers are: Sam A, Sam B"):
        read(tmp_path, "Sam A: Hello.\nSam B: Hi.\n", "sam")


@pytest.mark.parametrize(
    "therapist, client",
    [
        ("Therapist", "Client"),
        ("T", "Anna"),
        ("Anna", "Patient"),
        ("THERAPIST 1", "CLIENT 1"),
        ("Dr Bell (Psychologist)", "Sam"),
        ("Th.", "Cl."),
        ("C", "P"),
        ("C", "Pt"),
        ("Interviewer", "Participant"),
        ("Counsellor", "Husband"),
        ("Therapeutin", "Klient"),
    ],
)
def test_labels_settle_the_roles(therapist: str, client: str) -> None:
    name, stated = split_role(therapist)
    voices = [
        Voice(client, None, ["How are you, what do you think?"]),
        Voice(name, stated, ["I was fine, my week was ok."]),
    ]
    roles, warnings = assign(voices)
    assert (roles.therapist, roles.client, roles.how, warnings) == (name, client, "labelled", [])


def test_the_mother_of_the_client_is_not_the_client() -> None:
    assert role_of("Client's mother") is None
    assert role_of("CLIENT") == "client"
    assert role_of("Theresa") is None


def test_names_without_a_role_are_guessed_from_the_words(tmp_path: Path) -> None:
    roles = read(tmp_path, GUESSABLE).roles
    assert (roles.therapist, roles.client, roles.how) == ("Anna", "Sam", "guessed")
    assert roles.confidence is not None
    assert 0.9 < roles.confidence < 1


def test_the_guess_does_not_depend_on_order_case_or_punctuation(tmp_path: Path) -> None:
    bare = re.sub("[?,.]", "", GUESSABLE).lower().replace("anna:", "Anna:").replace("sam:", "Sam:")
    lines = bare.splitlines()
    turned = "\n".join([*lines[1:], lines[0]])
    assert read(tmp_path, bare).roles.therapist == read(tmp_path, turned).roles.therapist == "Anna"


def test_an_unsure_guess_is_put_to_the_user(tmp_path: Path) -> None:
    session = read(tmp_path, "Anna: Blue.\nSam: Green.\n")
    assert session.roles.confidence is not None
    assert session.roles.confidence < 0.7
    assert any("guessed from the words and is not sure" in warning for warning in session.warnings)


@pytest.mark.parametrize("path", CODED, ids=lambda path: path.stem)
def test_whole_sessions_without_labels_are_guessed_right(path: Path, tmp_path: Path) -> None:
    lines = (f"{'Ann' if turn.speaker == 'therapist' else 'Bo'}: {turn.text}" for turn in load(path).turns)
    roles = read(tmp_path, "\n".join(lines)).roles
    assert (roles.therapist, roles.how) == ("Ann", "guessed")


def test_a_third_speaker_takes_the_role_their_words_are_nearer_to(tmp_path: Path) -> None:
    text = (
        GUESSABLE * 4 + "Kim: How is that for you, and what would you like to do about it today?\n"
        "Sam: I don't know.\nLou: I was so tired, my mum just left and I can't, I don't know, I was on my own.\n"
    )
    session = read(tmp_path, text)
    assert session.roles.others == {"Kim": "therapist", "Lou": "client"}
    assert (
        "More than two people speak. Anna was taken as the therapist and Sam as the client; "
        "Kim was read as a therapist; Lou was read as a client."
    ) in session.warnings
    assert [turn.speaker for turn in session.turns if turn.name == "Kim"] == ["therapist"]
    assert sum(len(turn.text.split()) for turn in session.turns) == sum(
        len(line.split(": ", 1)[1].split()) for line in text.splitlines()
    )


def test_of_two_clients_the_one_who_says_more_is_the_client(tmp_path: Path) -> None:
    session = read(tmp_path, "Therapist: Hello.\nClient 1: Hi.\nClient 2: Hi, I was so tired.\nTherapist: Hm.\n")
    assert (session.roles.client, session.roles.others) == ("Client 2", {"Client 1": "client"})


def test_two_with_the_same_label_are_guessed() -> None:
    roles, _ = assign([Voice("Client 1", None, ["How are you?"]), Voice("Client 2", None, ["I was fine, I guess."])])
    assert (roles.therapist, roles.how) == ("Client 1", "guessed")


def test_the_shipped_weights_hold_only_common_words() -> None:
    path = Path(role_words.__file__).with_name("role_words.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    assert set(content) == {"prior_words", "features"}
    assert all(set(entry) == {"base", "weight"} and entry["base"] > 0 for entry in content["features"].values())
    assert all(len(feature.split()) <= 4 for feature in content["features"])
    assert path.stat().st_size < 30_000


def test_swapping_the_speakers_swaps_the_answer() -> None:
    first, second = role_words.score(["How are you?"]), role_words.score(["I was fine."])
    assert role_words.probability(first, second) == pytest.approx(1 - role_words.probability(second, first))
    assert role_words.probability(1e9, -1e9) <= 1
