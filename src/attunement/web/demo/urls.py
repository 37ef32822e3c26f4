"""Address of the demo's people."""

from __future__ import annotations

from django.urls import path

from attunement.web.demo import views

urlpatterns = [path("demo/", views.Demo.as_view(), name="demo")]
