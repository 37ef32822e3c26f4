"""Every reading and change of a client's data is in the record, and the record stays as it is."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from permissions import BY_LINK, ROWS, Row, of_client, of_client_and_session, of_session
from web_cast import Cast

from attunement.web.audit.models import Action, Record, first_broken, record

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
