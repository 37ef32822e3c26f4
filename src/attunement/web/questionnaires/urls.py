"""Addresses of questionnaires."""

from __future__ import annotations

from django.urls import path

from attunement.web.questionnaires import views

urlpatterns = [
    path("questionnaires/", views.Questionnaires.as_view(), name="questionnaires"),
    path("questionnaires/new/", views.NewQuestionnaire.as_view(), name="new-questionnaire"),
    path("questionnaires/of/<str:name>/", views.SetUp.as_view(), name="questionnaire"),
    path("questionnaires/of/<str:name>/preview/", views.Preview.as_view(), name="preview-questionnaire"),
    path("questionnaires/of/<str:name>/remove/", views.Remove.as_view(), name="remove-questionnaire"),
    path("clients/<uuid:client>/questionnaires/", views.Askings.as_view(), name="askings"),
]
