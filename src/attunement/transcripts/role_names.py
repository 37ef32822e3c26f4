"""Names that say which role their bearer has: "Therapist", "Pt", "Anna (client)"."""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import re

from attunement.codebook import Speaker
from attunement.transcripts.session import Session, Turn

THERAPIST_NAMES = frozenset(
    "therapist cotherapist psychotherapist counsellor counselor clinician psychologist psychiatrist analyst interviewer"
    " investigator provider practitioner coach facilitator supporter listener helper assistant"
    " therapeut therapeutin psychologin berater beraterin thérapeute terapeuta psicologo psicóloga".split()
)
CLIENT_NAMES = frozenset(
    "client patient interviewee participant seeker consumer respondent user"
    " klient klientin patientin paciente cliente paziente cliënt patiënt".split()
)
# Short forms stand for a role only as the whole name. `C` and `P` depend on whom they speak with: see `roles`.
SHORT: dict[str, Speaker] = {
    "t": "therapist",
    "th": "therapist",
    "thr": "therapist",
    "ther": "therapist",
    "psy": "therapist",
    "co": "therapist",
    "i": "therapist",
    "int": "therapist",
    "c": "client",
    "cl": "client",
    "cli": "client",
    "p": "client",
    "pt": "client",
    "pat": "client",
    "k": "client",
    "kl": "client",
}
FURTHER = "further "
ROLE_AFTER_NAME = re.compile(r"(.*\S)\s*[(\[–-]\s*((?:further )?[^\W\d_]+)\s*[)\]]?")


def role_of(name: str) -> Speaker | None:
    """The role that a name states, if any; numbers and marks around it do not matter ("THERAPIST 2", "Pt.")."""
    plain = re.sub(r"[\W\d_]+", " ", name.casefold().replace("co-", "co")).strip()
    if plain in SHORT:
        return SHORT[plain]
    words = plain.split()
    if re.search(r"['’]s\b", name):  # the client's mother is not the client
        return None
    if any(word in THERAPIST_NAMES for word in words):
        return "therapist"
    return "client" if any(word in CLIENT_NAMES for word in words) else None


def split_role(name: str) -> tuple[str, str | None]:
    """Name and stated role of `Anna (therapist)` or `Anna - Therapist`; other names come back whole."""
    match = ROLE_AFTER_NAME.fullmatch(name.strip())
    if match and role_of(match[2]) and match[2].casefold() not in SHORT:
        return match[1], match[2]
    return name.strip(), None


def name_and_role(turn: Turn, session: Session) -> tuple[str, str]:
    """How a file names the speaker of a turn, and the role to write beside it ("client", "further client")."""
    name = turn.name or turn.speaker.capitalize()
    return name, f"{FURTHER}{turn.speaker}" if name in session.roles.others else turn.speaker


def name_with_role(turn: Turn, session: Session) -> str:
    """The same in one, for formats that have no place for a role: `Anna (therapist)`, but just `Therapist`."""
    name, role = name_and_role(turn, session)
    return name if role_of(name) == role else f"{name} ({role})"
