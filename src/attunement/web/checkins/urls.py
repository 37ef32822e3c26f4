"""Addresses of check-ins; `c/` is short, for it is in links and QR codes."""

from __future__ import annotations

from django.urls import path

from attunement.web.checkins import views

urlpatterns = [
    path("sessions/<uuid:session>/check-in-link/", views.NewLink.as_view(), name="new-link"),
    path("c/<str:token>/", views.CheckIn.as_view(), name="check-in"),
    path("c/<str:token>/course/", views.OwnCourse.as_view(), name="own-course"),
    path("c/<str:token>/consent/", views.OwnConsent.as_view(), name="own-consent"),
]
