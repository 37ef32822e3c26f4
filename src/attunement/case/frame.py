"""Safety and frame: agreements, lateness, cancellations, changes, the therapist's own state, beside the alliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attunement.case.dips import dips_of
from attunement.case.findings import Evidence, Frame, FrameBeside
from attunement.case.rapport import rapport_of
from attunement.case.record import Case, Event

if TYPE_CHECKING:
    from attunement.measures.alliance import AllianceCourse

CHANGES = ("fee", "room", "break")


def frame_of(case: Case, alliance: AllianceCourse | None = None) -> Frame:
    """What was written down of the frame, and which of it stands next to a dip of the alliance.

    Beside a dip stand events of the same session and of the one before it. That they stand together says nothing about
    why; much else happens between two sessions that nobody wrote down.
    """
    agreements = [event for event in case.events if event.kind == "agreement"]
    broken = tuple(event for event in agreements if event.kept is False)
    late = _of_kind(case, "late")
    cancelled = _of_kind(case, "cancelled")
    changed = _of_kind(case, *CHANGES)
    strained = tuple(event for event in _of_kind(case, "therapist_state") if event.state not in (None, "well"))
    not_the_client = [event for event in (*late, *cancelled) if event.by != "client"]
    dips = dips_of(rapport_of(case), alliance)
    return Frame(
        agreements_kept=(
            sum(event.kept is True for event in agreements),
            len(broken),
            sum(event.kept is None for event in agreements),
        ),
        broken=broken,
        late=late,
        cancelled=cancelled,
        changed=changed,
        therapist_strained=strained,
        beside_dips=_beside(dips, (*broken, *not_the_client, *changed, *strained)),
    )


def session_of(event: Event) -> int:
    """The session at which the event was felt: for a broken agreement, the one by which it was due."""
    return event.due if event.kind == "agreement" and event.due is not None else event.session


def _of_kind(case: Case, *kinds: str) -> tuple[Event, ...]:
    return tuple(event for event in case.events if event.kind in kinds)


def _beside(dips: tuple[Evidence, ...], events: tuple[Event, ...]) -> tuple[FrameBeside, ...]:
    found = []
    for dip in dips:
        near = [event for event in events if session_of(event) in (dip.session - 1, dip.session)]
        if near:
            found.append(FrameBeside(dip.session, tuple(sorted(near, key=session_of)), dip))
    return tuple(found)
