"""Addresses of what people make of findings."""

from __future__ import annotations

from django.urls import path

from attunement.web.findings import clinic_views, views

urlpatterns = [
    path("sessions/<uuid:session>/feedback/", views.GiveFeedback.as_view(), name="feedback"),
    path("clinic/findings/", clinic_views.JudgedFindings.as_view(), name="judged"),
    path("clinic/findings/file/", clinic_views.JudgedExport.as_view(), name="judged-export"),
    path("sessions/<uuid:session>/comments/", views.AddComment.as_view(), name="add-comment"),
]
