from typing import Any

from django.db import migrations, models
from django.db.models import F


def used_links_are_done(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("checkins", "Link").objects.exclude(used_at=None).update(sent=F("instruments"))


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="link",
            name="before",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="link",
            name="sent",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="link",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(used_links_are_done, migrations.RunPython.noop),
    ]
