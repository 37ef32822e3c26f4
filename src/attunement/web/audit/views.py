"""The audit record as the lead sees it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from attunement.web.access.views import StaffView
from attunement.web.audit.models import clinic_records
from attunement.web.people.models import Role

A_PAGE = 100


class AuditRecord(StaffView):
    """Who did what, the newest first."""

    roles = (Role.LEAD,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of it."""
        pages = Paginator(clinic_records(self.user.clinic), A_PAGE)
        words = {"title": _("Audit record"), "page": pages.get_page(request.GET.get("page"))}
        return render(request, "audit/record.html", words)
