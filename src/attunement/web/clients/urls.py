"""Addresses of clients."""

from __future__ import annotations

from django.urls import path

from attunement.web.clients import views

urlpatterns = [
    path("", views.Today.as_view(), name="today"),
    path("clients/new/", views.NewClient.as_view(), name="new-client"),
    path("clients/<uuid:client>/", views.ClientPage.as_view(), name="client"),
    path("clients/<uuid:client>/consent/", views.ConsentPage.as_view(), name="consent"),
    path("clients/<uuid:client>/erase/", views.Erase.as_view(), name="erase"),
    path("erasures/<uuid:erasure>/", views.Receipt.as_view(), name="erasure"),
]
