"""Address of the health page."""

from __future__ import annotations

from django.urls import path

from attunement.web.health import views

urlpatterns = [path("health/", views.Health.as_view(), name="health")]
