"""Addresses of the audit record."""

from __future__ import annotations

from django.urls import path

from attunement.web.audit import views

urlpatterns = [
    path("audit/", views.AuditRecord.as_view(), name="audit"),
    path("audit/export/", views.AuditExport.as_view(), name="audit-export"),
    path("clients/<uuid:client>/who-read/", views.WhoRead.as_view(), name="who-read"),
]
