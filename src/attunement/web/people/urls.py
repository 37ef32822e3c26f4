"""Addresses of signing in and joining."""

from __future__ import annotations

from django.urls import path

from attunement.web.people import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", views.Code.as_view(), name="code"),
    path("sign-in/set-up/", views.SetUp.as_view(), name="set-up"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("confirm/", views.Confirm.as_view(), name="confirm"),
    path("welcome/<str:token>/", views.Welcome.as_view(), name="welcome"),
]
