"""The database itself refuses to change or delete rows of the audit record.

A later migration that alters the table on SQLite makes it anew, without triggers: it has to run `guard` again.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

SQLITE = [
    f"CREATE TRIGGER audit_record_no_{what.lower()} BEFORE {what} ON audit_record "
    "BEGIN SELECT RAISE(ABORT, 'the audit record can only be added to'); END"
    for what in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit record can only be added to'; END $$",
    "CREATE TRIGGER audit_record_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse()",
]


def guard(_apps: Any, editor: Any) -> None:
    """Put the triggers on the table."""
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [("audit", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard, migrations.RunPython.noop)]
