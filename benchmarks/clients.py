"""Who the people of the corpus are, as far as the heads of its files say: for comparing how well groups are served.

A head is free text ("woman 34, nurse, Danish-born, in Leeds; panic"). Each reading of it is a rule that can be checked:

gender    the first word for a person: woman, girl, man, boy; non-binary, or trans, wherever it is said
age       the first number of two digits
language  English as a second or further language where the head says so, or says that the client comes from, was born
          in, or lives in a place where most homes speak another one; not for families who came ("Gujarati family",
          "Nigerian-American"), nor for those who grew up in English. Where nothing is said, English is taken to be
          the first: an assumption
school    by words of the modality; the first that fits, in the order of `SCHOOLS`
skill     as it stands there: poor, novice, mixed, competent, skilled
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from attunement.transcripts.coded_text import take_apart
from training.sources import CORPUS

NOT_SAID = "not said"
GENDERS = (
    ("non-binary or trans", r"\b(?:non-?binary|trans|transgender)\b"),
    ("woman or girl", r"\b(?:woman|girl)\b"),
    ("man or boy", r"\b(?:man|boy)\b"),
)
AGES = ((25, "under 25"), (45, "25 to 44"), (65, "45 to 64"), (200, "65 and over"))
SCHOOLS = (
    ("motivational interviewing", r"motivational|\bMI\b"),
    (
        "psychodynamic",
        r"psychodynamic|psychoanaly|mentali[sz]ation|\bMBT\b|transference|attachment|supportive-expressive",
    ),
    (
        "cognitive-behavioural",
        r"\bCBT\b|CBT-E|cognitive|behaviou?ral|\bACT\b|acceptance|\bDBT\b|\bCPT\b|exposure|\bERP\b|\bEMDR\b|schema"
        r"|compassion|\bCFT\b|problem.solving|trauma-focused|mindfulness",
    ),
    ("integrative", r"integrative|cognitive analytic|\bIPT\b|interpersonal"),
    (
        "humanistic",
        r"person-cent|humanistic|gestalt|existential|emotion-focused|\bEFT\b|\bAEDP\b|experiential|narrative"
        r"|transactional|logotherapy|art therapy|drama",
    ),
)
OTHER_SCHOOL = "counselling and other"
PLACES = (
    "Accra|Asmara|Bangalore|Belo Horizonte|Bloemfontein|Bogot[aá]|Buenos Aires|Chennai|Denmark|Eritrea|Ghana|Ghent|Graz"
    "|Gdansk|Gda[nń]sk|Herat|Hong Kong|Hungary|Hyderabad|Iasi|Iloilo|Keren|Kerala|Kumasi|Lahore|Lagos|Lautoka|Lisbon"
    "|Lublin|Malm[oö]|Manila|Milan|Mirpur|Mumbai|Munich|Naples|Novi Sad|Nyeri|Perm|Poland|Pune|Recife|Seoul"
    "|Stellenbosch|Tehran|Wuppertal|Blantyre"
)
LIVING = (
    "Amsterdam|Antwerp|Bangalore|Bergen|Buenos Aires|Frankfurt|Friesland|Iten|Lisbon|Ljubljana|Nairobi|Utrecht|Vienna"
    "|Zurich"
)
PEOPLES = (
    "Danish|Filipino|Fijian|French-Canadian|Ghanaian|Greek-Cypriot|Hungarian|Italian|Italian-Argentine|Japanese"
    "|Lithuanian|Martinican|Polish|Sudanese|Turkish German|Zimbabwean"
)
SECOND_LANGUAGE = re.compile(
    r"second.language|interpreter at times|first language (?!English)|Welsh[- ]speak|Irish-language|"
    rf"\b(?:from|born in|born|came from|by way of)\s+(?:near |rural )?(?:{PLACES})\b|"
    rf"\b(?:{PLACES})(?:-born| to | and )|"
    rf"\b(?:in|near|into|,)\s+(?:{LIVING})\b|\b(?:{PEOPLES})(?:-born)?\b(?! American| family)"
)
GREW_UP_IN_ENGLISH = re.compile(
    r"English upbringing|grew up in (?:Leeds|Lagos and Aberdeen)|adopted from|BSL interpreter"
)


@dataclass(frozen=True)
class Client:
    """What the head of one session says of the client, and of the therapist and their school."""

    gender: str
    age: str
    language: str
    school: str
    skill: str


SPLITS = ("gender", "age", "language", "school", "skill")


def clients(folder: Path = CORPUS) -> dict[str, Client]:
    """By session id."""
    heads = (take_apart(path.read_text(encoding="utf-8")).header for path in sorted(folder.glob("*.txt")))
    return {head["id"]: client_of(head) for head in heads}


def client_of(head: dict[str, str]) -> Client:
    """From the head of a file."""
    told = head.get("client", "")
    return Client(
        gender=_first(GENDERS, told, NOT_SAID),
        age=_age(told),
        language=_language(told),
        school=_first(SCHOOLS, head.get("modality", ""), OTHER_SCHOOL),
        skill=head.get("therapist", NOT_SAID).strip() or NOT_SAID,
    )


def _first(patterns: tuple[tuple[str, str], ...], told: str, otherwise: str) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, told, re.IGNORECASE)), otherwise)


def _age(told: str) -> str:
    match = re.search(r"\b(\d\d)\b", told)
    return next(name for limit, name in AGES if int(match[1]) < limit) if match else NOT_SAID


def _language(told: str) -> str:
    if SECOND_LANGUAGE.search(told) and not GREW_UP_IN_ENGLISH.search(told):
        return "English as a further language"
    return "English first, or not said"
