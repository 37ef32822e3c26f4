"""Addresses of sessions."""

from __future__ import annotations

from django.urls import path

from attunement.web.sessions import views

urlpatterns = [
    path("clients/<uuid:client>/sessions/new/", views.NewSession.as_view(), name="new-session"),
    path("sessions/<uuid:session>/", views.SessionPage.as_view(), name="session"),
    path("sessions/<uuid:session>/read-again/", views.ReadAgain.as_view(), name="read-again"),
    path("sessions/<uuid:session>/notes/", views.AddNote.as_view(), name="add-note"),
]
