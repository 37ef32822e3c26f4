"""Addresses of tokens, of the description, and of both services."""

from __future__ import annotations

from django.urls import path

from attunement.web.api import views
from attunement.web.api.door import addresses
from attunement.web.api.fhir.service import PREFIX as FHIR
from attunement.web.api.fhir.service import fhir
from attunement.web.api.rest.service import PREFIX as REST
from attunement.web.api.rest.service import rest

urlpatterns = [
    path("tokens/", views.Tokens.as_view(), name="tokens"),
    path("tokens/new/", views.NewToken.as_view(), name="new-token"),
    path("tokens/<uuid:token>/revoke/", views.RevokeToken.as_view(), name="revoke-token"),
    path("api/", views.Description.as_view(), name="api"),
    path(f"{REST}openapi.json", views.Schema.as_view(service=rest, prefix=REST), name="api-schema"),
    path(f"{FHIR}openapi.json", views.Schema.as_view(service=fhir, prefix=FHIR), name="fhir-schema"),
    *addresses(rest, REST),
    *addresses(fhir, FHIR),
    path(f"{REST}<path:rest>", views.NothingHere.as_view(service=rest), name="api-nothing"),
    path(f"{FHIR}<path:rest>", views.NothingHere.as_view(service=fhir), name="fhir-nothing"),
]
