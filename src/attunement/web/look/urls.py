"""Addresses of style sheets and scripts."""

from __future__ import annotations

from django.urls import path

from attunement.web.look import views

urlpatterns = [path("look/<str:digest>/<str:name>", views.Asset.as_view(), name="asset")]
