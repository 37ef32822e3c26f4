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
RESEARCHERS = frozenset({"researcher", "stranger"})
LEAD = frozenset({"lead"})


@dataclass(frozen=True)
class Row:
    """One address: who is let in, what it is called in the table, and how it is tried.

    `arguments` makes the address's arguments from the cast; a link's token is that of whoever tries. `data` is what
    is sent where `method` is post or put. `by_token` is for other programs, with a token of whoever tries; they send
    JSON, unless `as_form`.
    """

    name: str
    does: str
    who: frozenset[str]
    method: str = "get"
    arguments: Callable[[Any], list[Any]] = lambda cast: []
    data: Any = field(default_factory=dict)
    by_token: bool = False
    as_form: bool = False

    def ask(self, cast: Any, who: str, address: str) -> Any:
        """What this person, or a program of theirs, is answered."""
        if not self.by_token:
            return getattr(cast.as_(who), self.method)(address, self.data)
        data = self.data(cast) if callable(self.data) else self.data
        kind = {} if self.method == "get" or self.as_form else {"content_type": "application/json"}
        return getattr(cast.program_of(who), self.method)(address, data, headers={"Idempotency-Key": "0" * 16}, **kind)


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


def an_alert(cast: Any) -> Any:
    """An open alert of the client."""
    from attunement.web.alerts.keeping import keep_alerts
    from attunement.web.alerts.models import Alert

    keep_alerts(cast.client, ["deterioration"])
    return Alert.objects.get(client=cast.client)


def something_due(cast: Any) -> Any:
    """Something that is due by the clinic's rules of retention."""
    from attunement.web.retention.models import Due, Kind

    return Due.objects.get_or_create(client=cast.client, kind=Kind.ERASURE)[0]


def an_invitation(cast: Any) -> Any:
    """The clinic's invitation that nobody has used."""
    from attunement.web.people.models import Invitation

    return Invitation.objects.get(clinic=cast.lead.clinic)


def a_link(cast: Any) -> Any:
    """A check-in link of the client."""
    from attunement.web.checkins.models import Link

    return Link.objects.filter(client=cast.client).latest("created_at").pk


def an_export(cast: Any) -> Any:
    """An export that the researcher asked for, ready to be fetched."""
    from attunement.web.research.models import Export
    from attunement.web.research.sealed_file import keep

    export = Export.objects.create(clinic=cast.researcher.clinic, by=cast.researcher)
    keep(export, b"PK")
    return export.pk


def a_token(cast: Any) -> Any:
    """A token of Alice's."""
    from attunement.web.api.models import Token

    Token.issue(cast.alice, name="practice", scopes=["clients:read"])
    return Token.objects.latest("created_at").pk


def of_client_and_session(cast: Any) -> list[Any]:
    """A session, by its number."""
    return [cast.client.pk, cast.session.number]


def of_answers(cast: Any) -> list[Any]:
    """What the client answered."""
    return [cast.session.answers.get().pk]


def of_read_session(cast: Any) -> list[Any]:
    """A session whose transcript was read, by its number."""
    cast.read_session()
    return [cast.client.pk, cast.session.number]


def response_of(cast: Any) -> dict[str, Any]:
    """The client's answers, as FHIR has them."""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://loinc.org/q/44249-1",
        "status": "completed",
        "subject": {"reference": f"Patient/{cast.client.pk}"},
        "authored": "2026-03-04",
        "item": [{"linkId": "/44261-6", "answer": [{"valueInteger": 12}]}],
    }


def a_questionnaire(_cast: Any) -> dict[str, Any]:
    """One of the clinic's own."""
    item = {"linkId": "1", "text": "How strong?", "type": "integer"}
    ends = [("minValue", 0), ("maxValue", 10)]
    item["extension"] = [
        {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", "valueInteger": value} for name, value in ends
    ]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "name": "Ache",
        "extension": [{"url": "urn:attunement:higher-is-better", "valueBoolean": False}],
        "item": [item],
    }


def a_kept_questionnaire(cast: Any) -> list[Any]:
    """One that is set up in the clinic."""
    from attunement.web.questionnaires.models import Questionnaire

    return [Questionnaire.objects.create(clinic=cast.alice.clinic, name="phq9").pk]


def by_token(name: str, does: str, who: frozenset[str], method: str = "get", **how: Any) -> Row:
    """A row for programs."""
    return Row(name, f"by token: {does}", who, method, by_token=True, **how)


BY_TOKEN = (
    by_token("api-token", "which token it is", STAFF),
    by_token("api-clients", "list the clients whose case one may read", STAFF),
    by_token("api-client", "read label and consent", READERS, arguments=of_client),
    by_token("api-sessions", "list sessions", READERS, arguments=of_client),
    by_token("api-session", "read a session", READERS, arguments=of_client_and_session),
    by_token("api-session", "add a session", OWNER, "put", arguments=of_client_and_session),
    by_token(
        "api-transcript",
        "upload a transcript",
        OWNER,
        "post",
        arguments=of_client_and_session,
        data={"pasted": "Therapist: hello\nClient: hello"},
        as_form=True,
    ),
    by_token("api-reading", "read what was found in a session", READERS, arguments=of_read_session),
    by_token("api-instruments", "list the clinic's questionnaires", STAFF),
    by_token("api-measures", "read scores", READERS, arguments=of_client),
    by_token(
        "api-answers",
        "send answers",
        OWNER,
        "put",
        arguments=lambda cast: [*of_client_and_session(cast), "phq9"],
        data={"total": 12},
    ),
    by_token("api-events", "list events", READERS, arguments=of_client),
    by_token(
        "api-event",
        "write down an event",
        OWNER,
        "put",
        arguments=lambda cast: [cast.client.pk, "22222222-2222-4222-8222-222222222222"],
        data={"session": 1, "kind": "late", "by": "client"},
    ),
    by_token("api-alerts", "read the alerts of all clients whose case one may read", STAFF),
    by_token("api-client-alerts", "read a client's alerts", READERS, arguments=of_client),
    by_token("api-check-in-links", "make a check-in link", OWNER, "post", arguments=of_client_and_session),
    by_token("api-nothing", "anything else", frozenset(), arguments=lambda cast: ["nothing"]),
    by_token("fhir-metadata", "what the FHIR server can do (no token needed)", EVERYBODY),
    by_token("fhir-patients", "FHIR: find the clients whose case one may read", STAFF),
    by_token("fhir-patient", "FHIR: read a client's label", READERS, arguments=of_client),
    by_token("fhir-questionnaires", "FHIR: set up a questionnaire", LEADS, "post", data=a_questionnaire),
    by_token(
        "fhir-questionnaire",
        "FHIR: read a questionnaire of the own clinic",
        STAFF - {"stranger"},
        arguments=a_kept_questionnaire,
    ),
    by_token("fhir-responses", "FHIR: send answers", OWNER, "post", data=response_of),
    by_token("fhir-response", "FHIR: read answers", READERS, arguments=of_answers),
    by_token(
        "fhir-observations",
        "FHIR: read scores and alerts",
        READERS,
        data=lambda cast: {"patient": cast.client.pk},
    ),
    by_token(
        "fhir-observation",
        "FHIR: read one score",
        READERS,
        arguments=lambda cast: [f"score-{cast.session.answers.get().pk}-0"],
    ),
    by_token("fhir-nothing", "FHIR: anything else", frozenset(), arguments=lambda cast: ["nothing"]),
)

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
    Row("judged", "see how often findings were right, all together", LEADS),
    Row("judged-export", "take out verdicts on findings, without words", LEADS),
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
    Row("tokens", "see the own tokens for programs", STAFF),
    Row("new-token", "make a token for a program", STAFF),
    Row("revoke-token", "revoke an own token", OWNER, "post", lambda cast: [a_token(cast)]),
    Row("api", "read what programs can ask for", EVERYBODY),
    Row("api-schema", "the same, for programs", EVERYBODY),
    Row("fhir-schema", "the same of FHIR, for programs", EVERYBODY),
    *BY_TOKEN,
    Row(
        "alert-seen", "say that an alert was seen", OWNER, "post", lambda cast: [an_alert(cast).pk], {"words": "on it"}
    ),
    Row("clinic", "the clinic at a glance (of the own clinic)", LEADS),
    Row("open-alerts", "which cases have something open for long, without content", LEADS),
    Row("cases", "all cases by number, without content", LEADS),
    Row("hand-over", "hand a client over to another therapist", OWNER | {"lead"}, arguments=of_client),
    Row("people", "who works here (of the own clinic)", LEADS),
    Row("invite", "invite somebody", LEADS),
    Row(
        "withdraw-invitation",
        "withdraw an invitation",
        LEAD,
        "post",
        lambda cast: [an_invitation(cast).pk],
    ),
    Row("person", "see somebody's roles and access", LEAD, arguments=of_therapist),
    Row("change-roles", "change somebody's roles", LEAD, "post", of_therapist, {"roles": ["therapist"]}),
    Row("change-access", "deactivate somebody", LEAD, "post", of_therapist, {"let": "in"}),
    Row("reset-second-factor", "reset somebody's second factor", LEAD, "post", lambda cast: [cast.bob.pk]),
    Row("begin-supervision", "begin a supervision", LEAD, "post", of_therapist),
    Row("end-supervision", "end a supervision", LEAD, "post", lambda cast: [cast.alice.supervised_by.first().pk]),
    Row("clinic-settings", "the clinic's name, crisis text and settings", LEADS),
    Row("retention", "the clinic's rules of retention, and what is due", LEADS),
    Row(
        "keep-for-now",
        "keep for now what is due to be deleted",
        OWNER | {"lead"},
        "post",
        lambda cast: [something_due(cast).pk],
        {"keep": "yes"},
    ),
    Row("research", "see how many consent to research (of the own clinic)", RESEARCHERS),
    Row("new-export", "ask for a de-identified export", RESEARCHERS),
    Row(
        "fetch-export",
        "fetch one's own export, once",
        frozenset({"researcher"}),
        "post",
        lambda cast: [an_export(cast)],
    ),
    Row("audit", "read the audit record (of the own clinic)", LEADS),
    Row("audit-export", "export the audit record (of the own clinic)", LEADS),
    Row("who-read", "see who read one's client", OWNER, arguments=of_client),
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
