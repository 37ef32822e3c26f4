"""Addresses of the supervisor's pages."""

from __future__ import annotations

from django.urls import path

from attunement.web.supervision import views

urlpatterns = [
    path("supervision/", views.Supervisees.as_view(), name="supervision"),
    path("supervision/comments/", views.OwnComments.as_view(), name="own-comments"),
    path("supervision/comments/<uuid:comment>/delete/", views.DeleteComment.as_view(), name="delete-comment"),
    path("supervision/<uuid:therapist>/moments/", views.Moments.as_view(), name="moments"),
    path("supervision/<uuid:therapist>/skills/", views.Skills.as_view(), name="skills"),
]
