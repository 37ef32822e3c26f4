"""Who is in the demo: people and clients, all invented. Courses are given session by session."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.web.people.models import Role

CLINIC = "Praxis am Mühlbach (invented)"
CRISIS = "Day and night: 116 117. In danger: 112.\nThe practice: 0555 0100, weekdays 9 to 17."
STAFF = {
    "alma": ("Alma Reyes", (Role.THERAPIST,)),
    "jonas": ("Jonas Weidmann", (Role.THERAPIST,)),
    "bea": ("Bea Okafor", (Role.SUPERVISOR, Role.THERAPIST)),
    "ida": ("Ida Sørensen", (Role.THERAPIST,)),
    "tomasz": ("Tomasz Nowak", (Role.THERAPIST,)),
    "chris": ("Chris Lindqvist", (Role.LEAD,)),
    "noor": ("Noor Haddad", (Role.RESEARCHER,)),
}
SUPERVISION = (("bea", "alma"), ("bea", "jonas"))
# Who wrote what at a turn: author, client, session, turn, the words, whether the therapist has seen it.
COMMENTS = (
    (
        "bea",
        "Leander",
        3,
        44,
        "You ask whether it worries him, and he answers with retention schedules. What might he have been protecting? "
        "I would have liked to stay here before the record of the Fridays.",
        True,
    ),
    (
        "bea",
        "Leander",
        7,
        17,
        "This is lovely. You put the form down and go back to October, with your own part in it. Let us look at how "
        "you decided to.",
        False,
    ),
    (
        "bea",
        "W-06",
        3,
        3,
        "You took it up in the first minute and named your part before explaining anything. I think that is why he "
        "could tell you about the car park.",
        False,
    ),
)


@dataclass(frozen=True, slots=True)
class Invented:
    """A client: PHQ-9 totals and check-ins (understood, safe, goals, fit, unsaid), one a session or None.

    `felt_off` is who may see it and the words, after the last session.
    """

    therapist: str
    label: str
    distress: tuple[int | None, ...] = ()
    check_ins: tuple[tuple[int, int, int, int, int] | None, ...] = ()
    agreed: tuple[str, ...] = ("recording", "analysis")
    felt_off: tuple[str, str] | None = None
    unreadable: bool = False
    link_is_open: bool = False
    ended: bool = False


CLIENTS = (
    Invented(
        "alma",
        "K-03",
        distress=(12, 12, 13, 14, 16, 17, 19),
        check_ins=(
            (8, 8, 8, 8, 3),
            (9, 9, 8, 9, 4),
            (9, 9, 9, 9, 5),
            (9, 9, 9, 9, 7),
            (9, 9, 9, 9, 8),
            None,
            (10, 9, 9, 9, 8),
        ),
    ),
    Invented(
        "alma",
        "T-11",
        distress=(18, 17, 16, 11, 10, 8, 7, 6, 4),
        check_ins=(
            (6, 5, 6, 6, 5),
            (6, 6, 6, 6, 5),
            (7, 6, 7, 7, 4),
            (8, 8, 8, 8, 3),
            (8, 8, 8, 8, 2),
            None,
            (9, 9, 8, 9, 1),
            (9, 9, 9, 9, 1),
            (9, 9, 9, 9, 1),
        ),
        agreed=("recording", "analysis", "research"),
    ),
    Invented(
        "alma",
        "R-02",
        distress=(15, 15, 16, 15, 15, 16),
        check_ins=(
            (7, 7, 6, 7, 4),
            (7, 7, 6, 6, 4),
            (7, 6, 6, 6, 5),
            (6, 6, 5, 6, 5),
            (3, 3, 4, 4, 8),
            (3, 2, 4, 4, 9),
        ),
        felt_off=(
            "now",
            "When I said I was late because of the kids you looked at the clock. I know you did not mean it.",
        ),
    ),
    Invented(
        "alma",
        "S-09",
        distress=(9, 8, 8, 8),
        check_ins=((8, 7, 8, 8, 2), (8, 8, 8, 8, 2), (8, 8, 8, 8, 2), (5, 5, 6, 6, 6)),
        felt_off=("that there is", "I did not want to say it in the room."),
    ),
    Invented(
        "alma",
        "G-12",
        distress=(14, 14, 13, 13, 14),
        check_ins=((6, 6, 7, 7, 4), (7, 7, 7, 7, 3), (7, 7, 7, 7, 3), (8, 7, 7, 8, 3), (6, 6, 6, 7, 6)),
    ),
    Invented(
        "alma",
        "F-01",
        distress=(17, 15, 12, 9, 5),
        check_ins=(
            (6, 6, 6, 6, 4),
            (7, 7, 7, 7, 3),
            (8, 8, 8, 8, 2),
            (8, 9, 8, 9, 2),
            (9, 9, 9, 9, 1),
            (9, 9, 9, 9, 1),
        ),
        ended=True,
    ),
    Invented("alma", "B-05", distress=(11, 10), check_ins=((7, 7, 7, 7, 3), (7, 7, 7, 8, 3)), unreadable=True),
    Invented("alma", "M-07", agreed=()),
    Invented(
        "jonas", "D-14", distress=(14, 13, 12), check_ins=((7, 7, 7, 7, 3), (7, 8, 7, 7, 3), None), link_is_open=True
    ),
    Invented(
        "jonas",
        "W-06",
        distress=(20, 18, 17, 15, 13),
        check_ins=((5, 5, 6, 6, 5), (6, 6, 6, 6, 4), (6, 7, 7, 7, 4), (7, 7, 7, 7, 3), (8, 8, 7, 8, 2)),
        agreed=("recording", "analysis", "research"),
    ),
)
