"""What a therapist might take up next time: options, each resting on a finding, never a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from attunement.episodes.model import Corrective, Rupture, SessionReading
from attunement.reports import words
from attunement.reports.findings import missed_moments

MOST = 4

RECALLED = {
    "withdrawal": "drawn back",
    "confrontation": "pushed back",
    "mixed": "both drawn back and pushed back",
}
RETURN_TO = {
    "withdrawal": "You might come back to this gently and leave room for what was hard to say, without pressing.",
    "confrontation": "You might ask to hear more of the objection, and own your part in it before explaining anything.",
    "mixed": "You might come back to this, and let both be welcome: the protest and the holding back.",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An option for the next session. `finding` names what it rests on, `turns` where, `why` the reason."""

    text: str
    finding: str
    turns: tuple[int, ...]
    why: str


def next_time(reading: SessionReading) -> tuple[Suggestion, ...]:
    """At most four options, the most pressing first; at least one."""
    return tuple(islice(_options(reading), MOST)) or (_ask_how_it_was(),)


def _options(reading: SessionReading) -> Iterator[Suggestion]:
    by_confidence = sorted(reading.ruptures, key=lambda rupture: -rupture.confidence)
    yield from (_not_taken_up(r) for r in by_confidence if r.noticed == "not_taken_up")
    yield from (_half_mended(r) for r in by_confidence if r.noticed == "in_session" and r.resolution != "full")
    if missed := missed_moments(reading):
        yield _missed(tuple(moment.turn for moment in missed))
    yield from (_after_corrective(corrective) for corrective in reading.correctives)
    yield from (_mended(r) for r in by_confidence if r.noticed == "in_session" and r.resolution == "full")
    if reading.insights:
        yield _insight(reading.insights)


def _name(rupture: Rupture) -> str:
    return f"{rupture.kind} rupture, {words.turns(rupture.start, rupture.end)}, {words.confidence(rupture.confidence)}"


def _recall(rupture: Rupture) -> str:
    return f"The client may have {RECALLED[rupture.kind]} ({words.turns(rupture.start, rupture.end)})."


def _not_taken_up(rupture: Rupture) -> Suggestion:
    return Suggestion(
        text=f"{_recall(rupture)} {RETURN_TO[rupture.kind]}",
        finding=_name(rupture),
        turns=tuple(sorted(rupture.evidence)),
        why="It was not taken up in this session. "
        "Left alone, strain tends to grow; taken up, it often brings people closer.",
    )


def _half_mended(rupture: Rupture) -> Suggestion:
    return Suggestion(
        text=f"{_recall(rupture)} You might ask what is left of that, and whether the way it was talked about was all "
        "right.",
        finding=_name(rupture),
        turns=tuple(sorted(rupture.evidence)),
        why="It was taken up, but by the end the two did not seem to be quite back together.",
    )


def _mended(rupture: Rupture) -> Suggestion:
    return Suggestion(
        text=f"{_recall(rupture)} You might ask how it has been between the two of you since, and what it was "
        "like to get through it together.",
        finding=_name(rupture),
        turns=tuple(sorted(rupture.evidence)),
        why="It seems mended. A mended rupture holds better when both have said so.",
    )


def _missed(turns: tuple[int, ...]) -> Suggestion:
    return Suggestion(
        text=f"Something the client showed may have been passed by ({words.turn_list(sorted(turns))}). If it still "
        "seems alive, you might pick it up there and ask whether there was more to it.",
        finding=f"moments possibly missed, {words.turn_list(sorted(turns))}",
        turns=tuple(sorted(turns)),
        why="Something was shown, and the answer seems to have gone elsewhere. A late answer is still an answer.",
    )


def _after_corrective(corrective: Corrective) -> Suggestion:
    where = words.turns(corrective.start, corrective.end)
    name = f"{corrective.strength} corrective experience, {where}, {words.confidence(corrective.confidence)}"
    if corrective.strength == "full":
        text = (
            f"A risk seems to have been met with something new ({where}). You might ask what became of it since: what "
            "was different, with whom, and what the old expectation says to that."
        )
        why = "A new view was reached in the room. It lasts when it is lived outside too."
    else:
        text = (
            f"A risk seems to have been met with something new ({where}). You might leave time for what it was like to "
            "be answered that way, and for what it means in the client's own words."
        )
        why = "The experience was there but its meaning was not yet put into words; that part cannot be hurried."
    return Suggestion(text, name, tuple(sorted(corrective.evidence)), why)


def _insight(turns: tuple[int, ...]) -> Suggestion:
    return Suggestion(
        text=f"The client understood something new ({words.turn_list(turns)}). "
        "You might stay a little with how that feels before going on to what follows from it.",
        finding=f"insight, {words.turn_list(turns)}",
        turns=turns,
        why="It was understood; whether it was also felt, and met, is what makes it change something.",
    )


def _ask_how_it_was() -> Suggestion:
    return Suggestion(
        text="You might ask how this session was for the client, and whether anything was off.",
        finding="nothing found that asks to be taken up",
        turns=(),
        why="What goes unsaid leaves no trace in a transcript. The client's own word is worth more than any reading.",
    )
