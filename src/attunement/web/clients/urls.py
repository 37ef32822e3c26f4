"""Addresses of clients."""

from __future__ import annotations

from django.urls import path

from attunement.web.clients import detail_views, views

urlpatterns = [
    path("", views.Today.as_view(), name="today"),
    path("clients/new/", views.NewClient.as_view(), name="new-client"),
    path("clients/<uuid:client>/", views.ClientPage.as_view(), name="client"),
    path("clients/ended/", detail_views.EndedClients.as_view(), name="ended-clients"),
    path("clients/<uuid:client>/details/", detail_views.ClientDetails.as_view(), name="client-details"),
    path("clients/<uuid:client>/end/", detail_views.EndTherapy.as_view(), name="end-therapy"),
    path("clients/<uuid:client>/consent/", views.ConsentPage.as_view(), name="consent"),
    path("clients/<uuid:client>/erase/", views.Erase.as_view(), name="erase"),
    path("erasures/<uuid:erasure>/", views.Receipt.as_view(), name="erasure"),
]
