"""Addresses of what people make of findings."""

from __future__ import annotations

from django.urls import path

from attunement.web.findings import views

urlpatterns = [
    path("sessions/<uuid:session>/feedback/", views.GiveFeedback.as_view(), name="feedback"),
    path("sessions/<uuid:session>/comments/", views.AddComment.as_view(), name="add-comment"),
]
