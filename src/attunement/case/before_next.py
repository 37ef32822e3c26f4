"""One page before the next session: what was left open, in the client's words; what has helped; what to hold on to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from attunement.case.alerts.material import RECENT_SESSIONS
from attunement.case.alerts.unrepaired_rupture import confidence_in, is_unrepaired
from attunement.case.findings import (
    Alert,
    BeforeNext,
    Belief,
    CarryOver,
    Evidence,
    HiddenStrain,
    OpenThread,
    Response,
    RuptureFate,
    Threads,
)
from attunement.case.hidden_strain.unsaid import MUCH_UNSAID
from attunement.case.latest import last_held, last_of
from attunement.case.rapport import rating
from attunement.case.record import Case, CaseSession, Event
from attunement.case.signs import signs
from attunement.case.wording import of_ten, turn_span
from attunement.codebook import STRAIN
from attunement.episodes.model import Moment

# One page: what a tired person takes in before the door opens.
MOST_OPEN, MOST_HELPED, MOST_STRENGTHS = 6, 3, 4
MOST_RUPTURES, MOST_OPENINGS = 2, 2
# As likely as not, or more.
LIKELY = 0.5
# Near the end: the last quarter, where what is opened can no longer be answered in the same session.
NEAR_END = 0.75
HOLDING_BACK = ("fear_of_response", "hiding", "denial", "deferential")
OPENS = ("feeling", "risk")


def before_next_of(
    case: Case,
    threads: Threads,
    beliefs: Sequence[Belief],
    alerts: Sequence[Alert] = (),
    hidden: Sequence[HiddenStrain] = (),
) -> BeforeNext:
    """What to have in mind for the session after the last one held or cancelled; empty lists where there is nothing.

    Open threads come in this order: promises due, ruptures not mended, openings missed near the end of the last
    session, what the client says stayed unsaid, what remains a question (hidden strain, unless an alert asks it), the
    belief that is alive. `words` is the turn to quote; none is quoted twice.
    """
    asked = {piece for alert in alerts for piece in alert.evidence}
    left_open = [
        *_promises(case),
        *_ruptures(case, threads),
        *_missed_openings(case),
        *_unsaid(case),
        *_questions(case, hidden, asked),
        *_alive(beliefs),
    ]
    return BeforeNext(
        session=last_of(case) + 1,
        left_open=tuple(islice(_quoted_once(left_open), MOST_OPEN)),
        helped_before=_helped(threads),
        strengths=tuple(islice(_strengths(case, threads), MOST_STRENGTHS)),
    )


def _quoted_once(threads: Sequence[OpenThread]) -> Iterator[OpenThread]:
    """Without those whose words stand there already."""
    quoted: set[Evidence] = set()
    for thread in threads:
        if thread.words is None or thread.words not in quoted:
            yield thread
        if thread.words is not None:
            quoted.add(thread.words)


def _last_session(case: Case) -> CaseSession | None:
    """The last session that took place."""
    return next((session for session in case.sessions if session.number == last_held(case)), None)


def _promises(case: Case) -> Iterator[OpenThread]:
    """Agreements of which it is not known whether they were kept, once they are due or were made last time."""
    last = last_held(case)
    for event in case.events:
        if event.kind == "agreement" and event.kept is None and _is_due(event, last):
            yield OpenThread(
                words=None,
                title=f"Agreed: {event.note}" if event.note else "Something was agreed",
                why=f"Agreed in session {event.session}{_due(event)}; whether it was kept is not written down.",
                might="You might begin by saying what became of it, kept or not: small promises carry the large ones.",
            )


def _is_due(event: Event, last: int) -> bool:
    return event.due <= last + 1 if event.due is not None else event.session == last


def _due(event: Event) -> str:
    return f", due by session {event.due}" if event.due is not None else ""


def _ruptures(case: Case, threads: Threads) -> Iterator[OpenThread]:
    """The ruptures of the last sessions read that nobody has mended, latest first."""
    recent = {session.number for session in case.read[-RECENT_SESSIONS:]}
    still_open = [
        fate
        for fate in threads.ruptures
        if fate.session in recent and is_unrepaired(fate) and fate.rupture.confidence >= LIKELY
    ]
    for fate in sorted(still_open, key=lambda fate: (-fate.session, -confidence_in(fate)))[:MOST_RUPTURES]:
        rupture = fate.rupture
        where = f"session {fate.session}, {turn_span(rupture.start, rupture.end)}"
        yield OpenThread(
            words=_said(case, fate),
            title=f"A strain between you that may be open ({where})",
            why="It was taken up, but did not seem mended by the end."
            if fate.noticed == "in_session"
            else "Nobody came back to it, as far as the transcripts show.",
            might="You might come back to it as yours to bring up, and ask what is left of it.",
        )


def _said(case: Case, fate: RuptureFate) -> Evidence | None:
    """The client's likeliest turn of strain within the rupture."""
    reading = case.session(fate.session).reading
    if reading is None:
        return None
    found = signs(reading, STRAIN, first=fate.rupture.start, last=fate.rupture.end)
    turns = [sign.turn for sign in found] or _of_client(fate.rupture.evidence, case.session(fate.session))
    return Evidence(fate.session, (turns[0],)) if turns else None


def _of_client(turns: Sequence[int], session: CaseSession) -> list[int]:
    spoken = session.reading.session.turns if session.reading else ()
    return [turn for turn in turns if turn <= len(spoken) and spoken[turn - 1].speaker == "client"]


def _missed_openings(case: Case) -> Iterator[OpenThread]:
    """What the client showed near the end of the last session and what was passed by, likeliest first."""
    session = _last_session(case)
    if session is None or session.reading is None:
        return
    near_end = NEAR_END * len(session.reading.session.turns)
    missed = [
        moment
        for moment in session.reading.attunement.moments
        if moment.turn >= near_end and moment.call in OPENS and moment.weight * _passed_by(moment) >= LIKELY
    ]
    for moment in sorted(missed, key=lambda moment: -moment.weight * _passed_by(moment))[:MOST_OPENINGS]:
        yield OpenThread(
            words=Evidence(session.number, (moment.turn,)),
            title=f"An opening near the end (session {session.number}, turn {moment.turn})",
            why="Something was shown when there was little time left, and the answer may have gone elsewhere.",
            might="You might say that it stayed with you, and ask whether there was more to it.",
        )


def _passed_by(moment: Moment) -> float:
    return moment.missed + moment.harmed


def _unsaid(case: Case) -> Iterator[OpenThread]:
    """That the client said something stayed unsaid last time, with the turn that most likely holds something back."""
    ratings = rating(case, "unsaid")
    session = _last_session(case)
    if session is None or not ratings or ratings[-1].session != session.number or ratings[-1].value < MUCH_UNSAID:
        return
    held_back = signs(session.reading, HOLDING_BACK) if session.reading else ()
    yield OpenThread(
        words=Evidence(session.number, (held_back[0].turn,)) if held_back else None,
        title=f"Something stayed unsaid (session {session.number}, {of_ten(ratings[-1].value)})",
        why="The client said so themselves"
        + ("; this turn may be near it, which is a guess." if held_back else "; where, the transcript does not show."),
        might="You might say that it can stay unsaid here, and that you would be glad to hear it when it is time.",
    )


def _questions(case: Case, hidden: Sequence[HiddenStrain], asked: set[Evidence]) -> Iterator[OpenThread]:
    """Questions about the last session that no alert asks already."""
    for each in hidden:
        if each.session == last_held(case) and each.evidence[0] not in asked:
            yield OpenThread(
                words=next((piece for piece in each.evidence if piece.turns), None),
                title="A question to hold",
                why=each.question,
                might="You might keep it in mind rather than ask it, and see what comes.",
            )


def _alive(beliefs: Sequence[Belief]) -> Iterator[OpenThread]:
    """The expectation that showed most strongly of late and that experience has not loosened."""
    alive = [belief for belief in beliefs if belief.loosened != "experience" and belief.confidence >= LIKELY]
    if alive:
        strongest = max(alive, key=lambda belief: belief.strength[-1].value if belief.strength else 0.0)
        understood = strongest.loosened == "insight"
        yield OpenThread(
            words=strongest.words,
            title="An old expectation that is alive",
            why="It is understood, but not yet contradicted by anything lived."
            if understood
            else "It returns, and nothing lived has contradicted it yet as far as the transcripts show.",
            might="You might listen for the moment when it is about how you will answer, and answer there.",
        )


def _helped(threads: Threads) -> tuple[Response, ...]:
    """What eased strain at least every other time, most often first; what was tried too seldom to say is left out."""
    eased = [(response.rate, response) for response in threads.straining.helped if response.rate is not None]
    helpful = sorted((each for each in eased if each[0] >= LIKELY), key=lambda each: -each[0])
    return tuple(response for _, response in helpful[:MOST_HELPED])


def _strengths(case: Case, threads: Threads) -> Iterator[Evidence]:
    """What went on living outside, and experiences in the room that contradicted the old expectation, latest first."""
    yield from (lived for carried in _latest(threads.carry_overs) for lived in carried.lived[:1])
    for session in reversed(case.read):
        correctives = session.reading.correctives if session.reading else ()
        for corrective in sorted(correctives, key=lambda each: -each.confidence):
            if corrective.confidence >= LIKELY:
                yield Evidence(session.number, corrective.evidence)


def _latest(carried: Sequence[CarryOver]) -> list[CarryOver]:
    return sorted((each for each in carried if each.lived), key=lambda each: -each.lived[0].session)
