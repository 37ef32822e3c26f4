"""A verdict says which transcript and which coder it judged."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


def say_what_was_judged(apps: Any, _editor: Any) -> None:
    """Of what is there now; a verdict on a transcript that is gone judges nothing any more."""
    feedback, readings = apps.get_model("findings", "Feedback"), apps.get_model("therapy_sessions", "Reading")
    for reading in readings.objects.only("session_id", "transcript_id", "coder"):
        given = feedback.objects.filter(session=reading.session_id)
        given.update(transcript=reading.transcript_id, coder=reading.coder)
    feedback.objects.filter(transcript=None).delete()


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [
        ("findings", "0001_initial"),
        ("therapy_sessions", "0002_page_of_a_reading"),
    ]
    operations: ClassVar = [
        migrations.AddField("feedback", "probability", models.FloatField(null=True)),
        migrations.AddField("feedback", "coder", models.CharField(max_length=100, default=""), preserve_default=False),
        migrations.AddField(
            "feedback",
            "transcript",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="feedback",
                to="therapy_sessions.transcript",
            ),
        ),
        migrations.RunPython(say_what_was_judged, migrations.RunPython.noop),
        migrations.AlterField(
            "feedback",
            "transcript",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="feedback",
                to="therapy_sessions.transcript",
            ),
        ),
    ]
