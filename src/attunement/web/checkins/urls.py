"""Addresses of check-ins; `c/` is short, for it is in links and QR codes."""

from __future__ import annotations

from django.urls import path

from attunement.web.checkins import link_views, views

urlpatterns = [
    path("sessions/<uuid:session>/check-in-link/", link_views.NewLink.as_view(), name="new-link"),
    path("clients/<uuid:client>/links/", link_views.Links.as_view(), name="links"),
    path("clients/<uuid:client>/links/next/", link_views.NewLinkBefore.as_view(), name="new-link-before"),
    path("links/<uuid:link>/withdraw/", link_views.Withdraw.as_view(), name="withdraw-link"),
    path("c/<str:token>/", views.CheckIn.as_view(), name="check-in"),
    path("c/<str:token>/questions/", views.Questions.as_view(), name="questions"),
    path("c/<str:token>/course/", views.OwnCourse.as_view(), name="own-course"),
    path("c/<str:token>/felt-off/", views.WhatFeltOff.as_view(), name="what-felt-off"),
    path("c/<str:token>/consent/", views.OwnConsent.as_view(), name="own-consent"),
]
