"""Address of having seen an alert."""

from __future__ import annotations

from django.urls import path

from attunement.web.alerts import views

urlpatterns = [path("alerts/<uuid:alert>/seen/", views.AlertSeen.as_view(), name="alert-seen")]
