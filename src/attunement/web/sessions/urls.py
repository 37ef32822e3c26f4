"""Addresses of sessions."""

from __future__ import annotations

from django.urls import path

from attunement.web.sessions import event_views, views

urlpatterns = [
    path("clients/<uuid:client>/sessions/new/", views.NewSession.as_view(), name="new-session"),
    path("clients/<uuid:client>/sessions/add/", views.AddSession.as_view(), name="add-session"),
    path("sessions/<uuid:session>/", views.SessionPage.as_view(), name="session"),
    path("sessions/<uuid:session>/read-again/", views.ReadAgain.as_view(), name="read-again"),
    path("sessions/<uuid:session>/notes/", views.AddNote.as_view(), name="add-note"),
    path("sessions/<uuid:session>/events/", event_views.AddEvent.as_view(), name="add-event"),
    path("sessions/<uuid:session>/events/<uuid:event>/kept/", event_views.AgreementKept.as_view(), name="event-kept"),
    path("sessions/<uuid:session>/events/<uuid:event>/delete/", event_views.DeleteEvent.as_view(), name="delete-event"),
]
