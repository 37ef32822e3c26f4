import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import attunement.web.vault.fields


class Migration(migrations.Migration):
    """Verdicts of before the first release did not say which coder they judge; they are dropped."""

    dependencies = [
        ("clients", "0001_initial"),
        ("findings", "0001_initial"),
        ("therapy_sessions", "0002_page_of_a_reading"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="Feedback"),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("finding", models.CharField(max_length=30)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("probability", models.FloatField(null=True)),
                ("coder", models.CharField(max_length=100)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("accepted", "That is how it was"),
                            ("corrected", "Something was there, but otherwise"),
                            ("dismissed", "That was not so"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", attunement.web.vault.fields.SealedText(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("client", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="clients.client")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="therapy_sessions.session",
                    ),
                ),
                (
                    "transcript",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="therapy_sessions.transcript",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "author", "finding", "start", "end"), name="one_verdict")
                ],
            },
        ),
    ]
