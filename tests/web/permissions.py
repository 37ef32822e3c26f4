"""Who may open what: a row for every address. `test_access.py` tries each row with everybody.

`python -m tests.web.permissions` writes the table into `docs/security.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PEOPLE = (
    "alice",
    "bob",
    "supervisor",
    "former_supervisor",
    "lead",
    "researcher",
    "stranger",
    "client",
    "client_with_old_link",
    "anonymous",
)
HEADS = {
    "alice": "own therapist",
    "bob": "colleague",
    "supervisor": "supervisor",
    "former_supervisor": "former supervisor",
    "lead": "lead",
    "researcher": "researcher",
    "stranger": "other clinic",
    "client": "client, by link",
    "client_with_old_link": "old link",
    "anonymous": "anybody",
}
EVERYBODY = frozenset(PEOPLE)
STAFF = frozenset(PEOPLE) - {"client", "client_with_old_link", "anonymous"}
OWNER = frozenset({"alice"})
READERS = OWNER | {"supervisor"}
CLIENT = frozenset({"client"})
SUPERVISORS = frozenset({"supervisor", "former_supervisor", "stranger"})
SUPERVISOR = frozenset({"supervisor"})
LEADS = frozenset({"lead", "stranger"})


@dataclass(frozen=True)
class Row:
    """One address: who is let in, what it is called in the table, and how it is tried.

    `arguments` makes the address's arguments from the cast; a link's token is that of whoever tries. `data` is what
    is sent where `method` is post.
    """

    name: str
    does: str
    who: frozenset[str]
    method: str = "get"
    arguments: Callable[[Any], list[Any]] = lambda cast: []
    data: dict[str, Any] = field(default_factory=dict)


def of_client(cast: Any) -> list[Any]:
    """A client's page."""
    return [cast.client.pk]


def of_session(cast: Any) -> list[Any]:
    """A session's page."""
    return [cast.session.pk]


def of_event(cast: Any) -> list[Any]:
    """An event of the session."""
    details = {"note": "twenty sessions"}
    event = cast.session.events.create(client=cast.client, kind="agreement", details=details)
    return [cast.session.pk, event.pk]


def of_therapist(cast: Any) -> list[Any]:
    """A supervisor's page on Alice."""
    return [cast.alice.pk]


def of_comment(cast: Any) -> list[Any]:
    """A comment by Alice's supervisor."""
    return [cast.session.comments.create(client=cast.client, author=cast.supervisor, turn=1, text="a comment").pk]


def a_link(cast: Any) -> Any:
    """A check-in link of the client."""
    from attunement.web.checkins.models import Link

    return Link.objects.filter(client=cast.client).latest("created_at").pk


ROWS = (
    Row("sign-in", "sign in", EVERYBODY),
    Row("code", "give the second factor", EVERYBODY),
    Row("set-up", "set up a second factor", EVERYBODY),
    Row("sign-out", "sign out", EVERYBODY, "post"),
    Row("welcome", "join, by an unused invitation", EVERYBODY, arguments=lambda cast: [cast.invitation]),
    Row("confirm", "give the password again", STAFF),
    Row("asset", "style and script", EVERYBODY, arguments=lambda cast: ["0", "style.css"]),
    Row("health", "whether the worker runs", EVERYBODY),
    Row("demo", "be an invented person (demonstration only)", frozenset()),
    Row("today", "one's own clients and what is open", STAFF),
    Row("new-client", "admit a client", frozenset({"alice", "bob", "stranger"})),
    Row("client", "read the case", READERS, arguments=of_client),
    Row("ended-clients", "one's own therapies that have ended", frozenset({"alice", "bob", "stranger"})),
    Row("client-details", "rename a client", OWNER, arguments=of_client),
    Row("end-therapy", "end a therapy, or go on", OWNER, "post", of_client, {"date": "2026-03-04"}),
    Row("consent", "read and write down consent", OWNER, arguments=of_client),
    Row("erase", "erase the client", OWNER | {"lead"}, arguments=of_client),
    Row("erasure", "see the receipt of an erasure", OWNER | {"lead"}, arguments=lambda cast: [cast.receipt.pk]),
    Row("new-session", "upload a transcript", OWNER, arguments=of_client),
    Row("session", "read a session", READERS, arguments=of_session),
    Row("add-session", "add a session without a transcript", OWNER, "post", of_client, {"number": 5}),
    Row(
        "add-event",
        "write down what happened around a session",
        OWNER,
        "post",
        of_session,
        {"kind": "late", "by": "client"},
    ),
    Row("event-kept", "say whether an agreement was kept", OWNER, "post", of_event, {"kept": "yes"}),
    Row("delete-event", "strike out what was written down", OWNER, "post", of_event),
    Row("read-again", "have a transcript read again", OWNER, "post", of_session),
    Row("add-note", "keep an own note", OWNER, "post", of_session, {"text": "a note"}),
    Row("new-link", "make a check-in link", OWNER, "post", of_session),
    Row("new-link-before", "make a check-in link for the next session", OWNER, "post", of_client),
    Row("links", "see what became of check-in links", OWNER, arguments=of_client),
    Row("withdraw-link", "withdraw a check-in link", OWNER, "post", lambda cast: [a_link(cast)]),
    Row("askings", "choose the questionnaires that a client is asked", OWNER, arguments=of_client),
    Row("questionnaires", "the clinic's questionnaires (of the own clinic)", LEADS),
    Row("new-questionnaire", "make a questionnaire of the clinic's own", LEADS),
    Row("questionnaire", "set up a questionnaire", LEADS, arguments=lambda cast: ["gad7"]),
    Row(
        "preview-questionnaire",
        "see a questionnaire as clients do",
        LEADS | {"alice", "bob"},
        arguments=lambda cast: ["gad7"],
    ),
    Row("remove-questionnaire", "remove a questionnaire that nobody answered", LEADS, "post", lambda cast: ["gad7"]),
    Row(
        "feedback",
        "accept, correct or dismiss a finding",
        OWNER,
        "post",
        of_session,
        {"finding": "rupture", "start": 1, "end": 2, "verdict": "accepted"},
    ),
    Row("add-comment", "comment at a turn", READERS, "post", of_session, {"turn": 1, "text": "a comment"}),
    Row("supervision", "one's own supervisees and their clients", SUPERVISORS),
    Row("moments", "minutes worth watching of a supervisee", SUPERVISOR, arguments=of_therapist),
    Row("skills", "a supervisee's skills over time", SUPERVISOR, arguments=of_therapist),
    Row("own-comments", "one's own comments", SUPERVISORS),
    Row("delete-comment", "delete one's own comment", SUPERVISOR, "post", of_comment),
    Row("check-in", "answer the check-in", CLIENT),
    Row("questions", "answer a questionnaire", CLIENT),
    Row("own-course", "see the own course", CLIENT),
    Row("what-felt-off", "say what felt off, change who sees it, delete it", CLIENT),
    Row("own-consent", "see and change the own consent", CLIENT),
    Row("audit", "read the audit record (of the own clinic)", frozenset({"lead", "stranger"})),
)
BY_LINK = ("check-in", "questions", "own-course", "what-felt-off", "own-consent")

BEGIN, END = "<!-- permissions -->", "<!-- /permissions -->"
PAGE = Path(__file__).parents[2] / "docs" / "security.md"


def table() -> str:
    """The rows as a Markdown table."""
    head = ["", *(HEADS[who] for who in PEOPLE)]
    lines = [_line(head), _line(["---"] * len(head))]
    lines += [_line([row.does, *("yes" if who in row.who else "" for who in PEOPLE)]) for row in ROWS]
    return "\n".join(lines)


def with_table(page: str) -> str:
    """The page with the table as it is now."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
