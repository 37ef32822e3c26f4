"""Addresses of research."""

from __future__ import annotations

from django.urls import path

from attunement.web.research import views

urlpatterns = [
    path("research/", views.ResearchPage.as_view(), name="research"),
    path("research/new/", views.NewExport.as_view(), name="new-export"),
    path("research/<uuid:export>/", views.FetchExport.as_view(), name="fetch-export"),
]
