"""Django's word for this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """See the package's docstring."""

    name = "attunement.web.research"
    label = "research"
    default_auto_field = "django.db.models.BigAutoField"
