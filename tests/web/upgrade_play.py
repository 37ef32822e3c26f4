"""The play that `test_migrations.py` watches, in a process and a database of its own: `python upgrade_play.py RELEASE`.

Makes the database of that release, fills every table of it, upgrades, and looks whether all of it is still there and
can be read. What the models were then is known from the migrations.
"""

from __future__ import annotations

import base64
import os
import sys
import uuid
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "attunement.web.settings"

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, models, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.utils import timezone  # noqa: E402
from releases import RELEASES  # noqa: E402

from attunement.web.audit.models import Record, first_broken  # noqa: E402
from attunement.web.people.devices import Authenticator, PaperCodes  # noqa: E402
from attunement.web.vault import keys  # noqa: E402
from attunement.web.vault.fields import SealedBytes, SealedField, SealedJSON  # noqa: E402

SECRET, CODE = "ab" * 20, "c0ffee00"
Rows = dict[str, Any]


def as_released(release: str) -> Any:
    """The database as it was; its models as they were."""
    executor = MigrationExecutor(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("attunement.")}
    # The migrations of others have versions of their own: theirs are the newest.
    targets = RELEASES[release] + [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in ours]
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def fill(then: Any, labels: set[str]) -> Rows:
    """A row in each table, with words in every sealed column."""
    made: Rows = {}
    waiting = [model for model in then.get_models() if model._meta.app_label in labels]
    while waiting:
        model = next(each for each in waiting if _needs(each) <= {*made, each._meta.label} | _elsewhere(each, labels))
        waiting.remove(model)
        row = model(**{field.name: _value(field, made) for field in _to_fill(model)})
        if model._meta.label in ("clients.Client", "people.User"):
            keys.ensure_key(row.pk)
        models.QuerySet(model).bulk_create([row])  # past `save`, which is of today
        made[model._meta.label] = row
    return made


def record() -> None:
    """A row of the audit record, with its chain."""
    row = Record(actor_name="Alice", action="read", what="case")
    row.chain = row.link("")
    models.QuerySet(Record).bulk_create([row])


def second_factor(then: Any, user: Any) -> None:
    """As django-otp keeps it."""
    then.get_model("otp_totp", "TOTPDevice").objects.create(user_id=user.pk, name="phone", key=SECRET)
    paper = then.get_model("otp_static", "StaticDevice").objects.create(user_id=user.pk, name="paper")
    paper.token_set.create(token=CODE)


def check(made: Rows) -> None:
    """All that was said is there and can be read."""
    for label, row in made.items():
        now = apps.get_model(label).objects.get(pk=row.pk)
        for field in row._meta.concrete_fields:
            if isinstance(field, SealedField):
                assert getattr(now, field.name) == _said(field), f"{label}.{field.name}"
    assert first_broken() is None
    try:
        with transaction.atomic():
            models.QuerySet(Record).update(what="changed")
    except DatabaseError:
        return
    raise AssertionError("the audit record lost its triggers")


def check_second_factor(user: Any) -> None:
    """It moved to where it is sealed."""
    assert Authenticator.objects.get(user=user.pk).secret == bytes.fromhex(SECRET)
    assert PaperCodes.objects.get(user=user.pk).codes == [CODE]
    assert not apps.get_model("otp_totp", "TOTPDevice").objects.exists()
    assert not apps.get_model("otp_static", "StaticToken").objects.exists()


def _to_fill(model: Any) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField) or not (field.has_default() or field.null or field.primary_key)
    ]


def _needs(model: Any) -> set[str]:
    return {field.related_model._meta.label for field in _to_fill(model) if field.is_relation}


def _elsewhere(model: Any, labels: set[str]) -> set[str]:
    return {label for label in _needs(model) if label.split(".")[0] not in labels}


def _value(field: Any, made: Rows) -> Any:
    if isinstance(field, SealedField):
        return _said(field)
    if field.is_relation:
        return made[field.related_model._meta.label]
    if field.choices:
        return field.choices[0][0]
    for kind, value in VALUES.items():
        if isinstance(field, kind):
            return value
    raise NotImplementedError(f"a value for {field}")


def _said(field: Any) -> Any:
    words = f"said in {field.name}"
    if isinstance(field, SealedJSON):
        return {"words": words}
    return words.encode() if isinstance(field, SealedBytes) else words


VALUES: dict[type[models.Field], Any] = {
    models.EmailField: "alice@example.org",
    models.CharField: "words",
    models.TextField: "words",
    models.BooleanField: True,
    models.IntegerField: 1,
    models.DateTimeField: timezone.now(),
    models.DateField: date(2026, 3, 4),
    models.UUIDField: uuid.uuid4(),
    models.JSONField: {},
    models.BinaryField: base64.b64encode(b"bytes"),
}


def main(release: str) -> None:
    then = as_released(release)
    made = fill(then, {label for label, _name in RELEASES[release]} - {"audit"})
    has_clear_factors = ("people", "0001_initial") in RELEASES[release]
    if has_clear_factors:
        second_factor(then, made["people.User"])
    record()
    call_command("migrate", verbosity=0)
    check(made)
    if has_clear_factors:
        check_second_factor(made["people.User"])
    print(f"{len(made)} tables")


if __name__ == "__main__":
    main(sys.argv[1])
