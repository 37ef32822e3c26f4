"""Who is the therapist: named by the user, labelled in the file, or guessed from the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from attunement.codebook import Speaker
from attunement.errors import InputError, TranscriptError
from attunement.transcripts import role_words
from attunement.transcripts.labels import key
from attunement.transcripts.role_names import FURTHER, role_of
from attunement.transcripts.session import Roles

How = Literal["named", "labelled", "guessed"]
# Words alone never make it certain.
MOST_SURE = 0.999
# A guess below this is put to the user as a question.
SURE = 0.9
# With fewer turns, given roles are not doubted.
FEWEST_TURNS = 15
MAX_NAMES_LISTED = 12


@dataclass
class Voice:
    """One speaker: the name as shown, what the file says the role is, and everything they said."""

    name: str
    stated: str | None
    turns: list[str]

    @property
    def words(self) -> int:
        """How much they say."""
        return sum(len(turn.split()) for turn in self.turns)

    @property
    def role(self) -> Speaker | None:
        """The role that the file or the name states."""
        return (role_of(self.stated) if self.stated else None) or role_of(self.name)

    @property
    def is_further(self) -> bool:
        """True when the file says that this is a second client or therapist beside the main one."""
        return bool(self.stated and self.stated.casefold().startswith(FURTHER))


def assign(voices: Sequence[Voice], therapist: str | None = None) -> tuple[Roles, list[str]]:
    """Roles for all speakers of a session, and what the user should know about how they were found.

    Raises:
        TranscriptError: when there are not two speakers.
        InputError: when `therapist` names nobody, or several.
    """
    if len(voices) < 2:
        raise TranscriptError(
            "only one speaker is marked; both therapist and client are needed, each turn under its speaker's name."
        )
    if therapist is not None:
        main = _named(voices, therapist)
        return _finish(voices, main, _client_of(voices, main), "named", None)
    stated = _stated(voices)
    labelled = [voice for voice in voices if stated[voice.name] == "therapist" and not voice.is_further]
    clients = [voice for voice in voices if stated[voice.name] == "client" and not voice.is_further]
    unknown = [voice for voice in voices if stated[voice.name] is None]
    if labelled and (clients or unknown):
        return _finish(voices, _main(labelled), _main(clients or unknown), "labelled", None)
    if clients and unknown:
        return _finish(voices, _most_like_therapist(unknown), _main(clients), "labelled", None)
    return _guess(voices)


def _named(voices: Sequence[Voice], wanted: str) -> Voice:
    exact = [voice for voice in voices if key(voice.name) == key(wanted)]
    found = exact or [voice for voice in voices if key(voice.name).startswith(key(wanted)) and key(wanted)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(voice.name for voice in voices[:MAX_NAMES_LISTED])
    names += f" and {len(voices) - MAX_NAMES_LISTED} more" if len(voices) > MAX_NAMES_LISTED else ""
    problem = "fits more than one speaker" if found else "is not a speaker here"
    raise InputError(f"the therapist's name given {problem}; the speakers are: {names}.")


def _client_of(voices: Sequence[Voice], therapist: Voice) -> Voice:
    others = [voice for voice in voices if voice is not therapist]
    return _main([voice for voice in others if voice.role == "client" and not voice.is_further] or others)


def _stated(voices: Sequence[Voice]) -> dict[str, Speaker | None]:
    """Stated roles; where counsellor and patient are written C and P, C is the counsellor."""
    stated = {voice.name: voice.role for voice in voices}
    short = {key(voice.name): voice.name for voice in voices if not voice.stated}
    if "c" in short and not any(role == "therapist" for role in stated.values()):
        others = [role for name, role in stated.items() if name != short["c"]]
        if "client" in others:
            stated[short["c"]] = "therapist"
    return stated


def _main(voices: Sequence[Voice]) -> Voice:
    return max(voices, key=lambda voice: voice.words)


def _most_like_therapist(voices: Sequence[Voice]) -> Voice:
    two = sorted(voices, key=lambda voice: voice.words, reverse=True)[:2]
    return max(two, key=lambda voice: role_words.score(voice.turns))


def _guess(voices: Sequence[Voice]) -> tuple[Roles, list[str]]:
    two = sorted(voices, key=lambda voice: voice.words, reverse=True)[:2]
    first, second = (role_words.score(voice.turns) for voice in two)
    probability = role_words.probability(first, second)
    therapist, client = two if probability >= 0.5 else reversed(two)
    return _finish(voices, therapist, client, "guessed", min(round(max(probability, 1 - probability), 3), MOST_SURE))


def _finish(
    voices: Sequence[Voice], therapist: Voice, client: Voice, how: How, confidence: float | None
) -> tuple[Roles, list[str]]:
    others = _further(voices, therapist, client)
    warnings = []
    if confidence is not None and confidence < SURE:
        warnings.append(
            f"Who is the therapist was guessed from the words and is not sure ({confidence:.0%} for "
            f"{therapist.name}); name the therapist if that is wrong."
        )
    if how != "guessed" and (doubt := _doubt(therapist, client)):
        warnings.append(doubt)
    if others:
        listed = "; ".join(f"{name} was read as a {role}" for name, role in others.items())
        warnings.append(
            f"More than two people speak. {therapist.name} was taken as the therapist and {client.name} as the client; "
            f"{listed}."
        )
    roles = Roles(therapist.name, client.name, how, confidence, others)
    return roles, warnings


def _doubt(therapist: Voice, client: Voice) -> str | None:
    """What to say where the words of two who speak at length fit the given roles the other way round."""
    if len(therapist.turns) + len(client.turns) < FEWEST_TURNS:
        return None
    reversed_ = role_words.probability(role_words.score(client.turns), role_words.score(therapist.turns))
    if reversed_ < SURE:
        return None
    return (
        f"By the words, {client.name} is the therapist and not {therapist.name} ({min(reversed_, MOST_SURE):.0%}); "
        "if the two were exchanged, name the therapist and read again."
    )


def _further(voices: Sequence[Voice], therapist: Voice, client: Voice) -> dict[str, Speaker]:
    rest = [voice for voice in voices if voice is not therapist and voice is not client]
    if not rest:
        return {}
    middle = (role_words.score(therapist.turns) + role_words.score(client.turns)) / 2
    return {voice.name: voice.role or _nearer(voice, middle) for voice in rest}


def _nearer(voice: Voice, middle: float) -> Speaker:
    return "therapist" if role_words.score(voice.turns) > middle else "client"


def role_of_each(roles: Roles) -> Mapping[str, Speaker]:
    """Every speaker's role by name."""
    return {**roles.others, roles.therapist: "therapist", roles.client: "client"}
