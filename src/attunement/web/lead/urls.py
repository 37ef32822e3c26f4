"""Addresses of those who lead a clinic."""

from __future__ import annotations

from django.urls import path

from attunement.web.lead import staff_views, views

urlpatterns = [
    path("clinic/", views.AtAGlance.as_view(), name="clinic"),
    path("clinic/alerts/", views.OpenAlerts.as_view(), name="open-alerts"),
    path("clinic/cases/", views.Cases.as_view(), name="cases"),
    path("clinic/cases/<uuid:client>/hand-over/", views.HandOver.as_view(), name="hand-over"),
    path("clinic/settings/", views.Settings.as_view(), name="clinic-settings"),
    path("clinic/people/", staff_views.People.as_view(), name="people"),
    path("clinic/people/invite/", staff_views.Invite.as_view(), name="invite"),
    path(
        "clinic/invitations/<uuid:invitation>/withdraw/",
        staff_views.WithdrawInvitation.as_view(),
        name="withdraw-invitation",
    ),
    path("clinic/people/<uuid:person>/", staff_views.Person.as_view(), name="person"),
    path("clinic/people/<uuid:person>/roles/", staff_views.ChangeRoles.as_view(), name="change-roles"),
    path("clinic/people/<uuid:person>/access/", staff_views.ChangeAccess.as_view(), name="change-access"),
    path(
        "clinic/people/<uuid:person>/second-factor/",
        staff_views.ResetSecondFactor.as_view(),
        name="reset-second-factor",
    ),
    path("clinic/people/<uuid:person>/supervision/", staff_views.BeginSupervision.as_view(), name="begin-supervision"),
    path("clinic/supervision/<int:supervision>/end/", staff_views.EndSupervision.as_view(), name="end-supervision"),
]
