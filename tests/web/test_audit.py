"""Every reading and change of a client's data is in the record, and the record stays as it is."""

from __future__ import annotations

import csv
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from permissions import BY_LINK, ROWS, Row, of_client, of_client_and_session, of_session
from web_cast import Cast

from attunement.web.audit.models import Action, Record, check_chain, first_broken, record

# Rows whose pages show or change something of the client.
OF_CLIENTS = [
    row for row in ROWS if row.name in BY_LINK or row.arguments in (of_client, of_session, of_client_and_session)
]


@pytest.mark.parametrize("row", OF_CLIENTS, ids=lambda row: row.name)
def test_every_page_of_a_client_is_recorded(row: Row, cast: Cast):
    if row.name in BY_LINK:
        cast.as_("client").get(reverse(row.name, args=[cast.token]))
    else:
        row.ask(cast, "alice", reverse(row.name, args=row.arguments(cast)))
    found = Record.objects.get(client=cast.client.pk)
    assert found.actor_name == ("the client" if row.name in BY_LINK else "Alice")
    assert found.action == (Action.READ if row.method == "get" else Action.CHANGED)


def test_who_was_refused_is_not_said_to_have_read(cast: Cast):
    cast.as_("bob").get(reverse("client", args=[cast.client.pk]))
    assert not Record.objects.filter(client=cast.client.pk).exists()


def test_rows_cannot_be_changed_or_deleted(cast: Cast):
    record(Action.READ, "case", actor=cast.alice)
    row = Record.objects.get()
    for change in (row.save, row.delete, Record.objects.all().delete, lambda: Record.objects.update(what="nothing")):
        with pytest.raises(TypeError):
            change()


@pytest.mark.parametrize("statement", ["UPDATE audit_record SET what = 'nothing'", "DELETE FROM audit_record"])
def test_the_database_refuses_too(cast: Cast, statement: str):
    record(Action.READ, "case", actor=cast.alice)
    with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_change_past_the_triggers_shows(cast: Cast):
    for what in ("one", "two", "three"):
        record(Action.READ, what, actor=cast.alice)
    assert first_broken() is None
    second = Record.objects.get(what="two").pk
    off = _without_triggers()
    with connection.cursor() as cursor:
        cursor.execute(off)
        cursor.execute("UPDATE audit_record SET what = 'nothing' WHERE id = %s", [second])
    assert first_broken() == second


def test_the_lead_sees_the_own_clinic_only(cast: Cast):
    record(Action.READ, "case of ours", actor=cast.alice)
    record(Action.READ, "case of theirs", actor=cast.stranger)
    page = cast.as_("lead").get(reverse("audit")).content.decode()
    assert "case of ours" in page
    assert "case of theirs" not in page


def _without_triggers() -> str:
    if connection.vendor == "postgresql":
        return "ALTER TABLE audit_record DISABLE TRIGGER USER"
    return "DROP TRIGGER audit_record_no_update"


def test_the_record_is_filtered_by_person_action_case_and_days(cast: Cast):
    record(Action.READ, "first case", actor=cast.alice, client=cast.client)
    record(Action.CHANGED, "second case", actor=cast.bob)
    browser, today = cast.as_("lead"), timezone.localdate()
    for asked, expected in (
        ({"person": cast.alice.pk}, {"first"}),
        ({"action": "changed"}, {"second"}),
        ({"case": cast.client.pk.hex[:8]}, {"first"}),
        ({"case": f" {str(cast.client.pk).upper()}"}, {"first"}),
        ({"case": "00000000"}, set()),
        ({"since": today, "until": today}, {"first", "second"}),
        ({"until": today - timedelta(days=1)}, set()),
        ({}, {"first", "second"}),
    ):
        page = browser.get(reverse("audit"), asked).content.decode()
        assert {word for word in ("first", "second") if f"{word} case" in page} == expected, asked


@pytest.mark.parametrize(
    "wrong", [{"case": "123"}, {"case": "not a number"}, {"since": "2026-02-02", "until": "2026-01-01"}]
)
def test_a_wrong_filter_is_said_and_shows_nothing(cast: Cast, wrong: dict[str, str]):
    record(Action.READ, "first case", actor=cast.alice)
    page = cast.as_("lead").get(reverse("audit"), wrong).content.decode()
    assert "errorlist" in page
    assert "first case" not in page


def test_nobody_is_asked_for_by_the_name_of_another_clinic(cast: Cast):
    page = cast.as_("lead").get(reverse("audit"), {"person": cast.stranger.pk}).content.decode()
    assert "errorlist" in page


def test_pages_keep_the_filter(cast: Cast):
    for number in range(3):
        record(Action.READ, f"case {number}", actor=cast.alice)
    with mock.patch("attunement.web.audit.views.A_PAGE", 2):
        page = cast.as_("lead").get(reverse("audit"), {"action": "read"}).content.decode()
    assert "?action=read&amp;page=2" in page


def test_the_page_says_whether_the_chain_is_broken(cast: Cast):
    record(Action.READ, "one", actor=cast.alice)
    browser = cast.as_("lead")
    assert "Not checked yet" in browser.get(reverse("audit")).content.decode()
    check_chain()
    assert "as it was written" in browser.get(reverse("audit")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute(_without_triggers())
        cursor.execute("UPDATE audit_record SET what = 'nothing'")
    check_chain()
    assert "was changed, or a row before it is missing" in browser.get(reverse("audit")).content.decode()


def test_the_export_holds_the_filtered_rows_and_is_recorded(cast: Cast):
    record(Action.READ, "first case", actor=cast.alice, client=cast.client)
    record(Action.READ, "second case", actor=cast.bob)
    record(Action.READ, "theirs", actor=cast.stranger)
    answer = cast.as_("lead").get(reverse("audit-export"), {"person": cast.alice.pk})
    rows = list(csv.DictReader(answer.getvalue().decode().splitlines()))
    assert [(row["who"], row["what"], row["case"]) for row in rows] == [("Alice", "first case", str(cast.client.pk))]
    assert Record.objects.filter(action=Action.EXPORTED, what="audit record: 1 rows", actor=cast.lead.pk).exists()


def test_the_export_asks_for_the_password_again(cast: Cast):
    browser = cast.as_("lead")
    session = browser.session
    session["password_given_at"] = 0
    session.save()
    assert browser.get(reverse("audit-export"))["Location"].startswith(reverse("confirm"))


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x"])
def test_no_name_is_run_by_a_spreadsheet(cast: Cast, name: str):
    record(Action.READ, "case", actor=cast.alice, actor_name=name)
    answer = cast.as_("lead").get(reverse("audit-export"))
    assert f"'{name}" in answer.getvalue().decode()


def test_the_therapist_sees_who_read_their_client(cast: Cast):
    for _ in range(2):
        cast.as_("supervisor").get(reverse("client", args=[cast.client.pk]))
    record(Action.READ, "of somebody else", actor=cast.bob)
    page = cast.as_("alice").get(reverse("who-read", args=[cast.client.pk])).content.decode()
    assert "<strong>Supervisor</strong>, 2 times" in page
    assert "of somebody else" not in page


@pytest.mark.parametrize("page", ["audit", "who-read"])
def test_the_record_asks_the_database_as_often_for_many_rows(cast: Cast, page: str):
    who, arguments = ("lead", []) if page == "audit" else ("alice", [cast.client.pk])
    browser, counts = cast.as_(who), []
    record(Action.READ, "case", actor=cast.alice, client=cast.client)
    browser.get(reverse(page, args=arguments))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse(page, args=arguments))
        counts.append(len(asked))
        for number in range(20):
            record(Action.READ, f"case {number}", actor=cast.alice, client=cast.client)
    assert counts[0] == counts[1] <= 16
