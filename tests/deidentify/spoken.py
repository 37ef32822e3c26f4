"""Sessions for the tests: turns of client and therapist in turn."""

from datetime import date

from attunement.deidentify import Spoken
from attunement.transcripts import Roles, Session, Turn


def spoken(*texts: str, number: int = 1, day: date | None = None, client: str = "C", therapist: str = "T") -> Spoken:
    """A session in which the client begins."""
    turns = tuple(
        Turn(place, "client" if place % 2 else "therapist", text, name=client if place % 2 else therapist)
        for place, text in enumerate(texts, start=1)
    )
    return Spoken(number, Session(f"{client}-{number}", turns, Roles(therapist, client, "named")), day)
