"""All addresses; each folder has its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include(f"attunement.web.{folder}.urls"))
    for folder in (
        "people",
        "clients",
        "sessions",
        "checkins",
        "questionnaires",
        "findings",
        "supervision",
        "alerts",
        "lead",
        "retention",
        "research",
        "audit",
        "health",
        "api",
        "demo",
        "look",
    )
]
handler403 = "attunement.web.look.failures.forbidden"
handler404 = "attunement.web.look.failures.not_found"
handler500 = "attunement.web.look.failures.broken"
