"""Authenticators and codes on paper move from django-otp's own tables, where they lay in the clear."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from attunement.web.vault.keys import ensure_key


def seal(apps: Any, _editor: Any) -> None:
    """Every device into a sealed row; the clear ones are deleted."""
    clear, paper = apps.get_model("otp_totp", "TOTPDevice"), apps.get_model("otp_static", "StaticDevice")
    authenticators, codes = apps.get_model("people", "Authenticator"), apps.get_model("people", "PaperCodes")
    for device in clear.objects.all():
        ensure_key(device.user_id)
        authenticators.objects.create(
            user_id=device.user_id,
            name=device.name,
            confirmed=device.confirmed,
            secret=bytes.fromhex(device.key),
            drift=device.drift,
            last_step=device.last_t,
        )
    for device in paper.objects.all():
        ensure_key(device.user_id)
        left = list(device.token_set.values_list("token", flat=True))
        codes.objects.create(user_id=device.user_id, name=device.name, codes=left)
    clear.objects.all().delete()
    paper.objects.all().delete()


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [
        ("people", "0002_sealed_devices"),
        ("otp_totp", "0003_add_timestamps"),
        ("otp_static", "0003_add_timestamps"),
    ]
    operations: ClassVar = [migrations.RunPython(seal, migrations.RunPython.noop)]
