"""Address of the audit record."""

from __future__ import annotations

from django.urls import path

from attunement.web.audit import views

urlpatterns = [path("audit/", views.AuditRecord.as_view(), name="audit")]
