"""Addresses of the rules of retention."""

from __future__ import annotations

from django.urls import path

from attunement.web.retention import views

urlpatterns = [
    path("clinic/retention/", views.Retention.as_view(), name="retention"),
    path("due/<uuid:due>/keep/", views.KeepForNow.as_view(), name="keep-for-now"),
]
