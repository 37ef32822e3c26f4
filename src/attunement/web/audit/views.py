"""The audit record as the lead sees it, its export, and who read a client as their therapist sees it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from attunement.web.access.views import ClientView, StaffView
from attunement.web.audit.export import lines
from attunement.web.audit.forms import FilterForm
from attunement.web.audit.models import Action, ChainCheck, Record, clinic_records, record
from attunement.web.people.models import Role

A_PAGE = 100


class AuditView(StaffView):
    """The part of the clinic's record that the address asks for."""

    roles = (Role.LEAD,)

    def chosen(self, form: FilterForm) -> QuerySet[Record]:
        """The rows; none where the form is wrong."""
        rows = clinic_records(self.user.clinic)
        return rows.filter(form.chosen) if form.is_valid() else rows.none()

    def asked(self) -> dict[str, str]:
        """What was asked for, without empty fields and the page."""
        given = self.request.GET
        return {name: given[name] for name in FilterForm.base_fields if given.get(name)}


class AuditRecord(AuditView):
    """Who did what, the newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of it."""
        form = FilterForm(self.asked(), clinic=self.user.clinic_id)
        pages = Paginator(self.chosen(form), A_PAGE)
        words = {
            "title": _("Audit record"),
            "form": form,
            "page": pages.get_page(request.GET.get("page")),
            "asked": urlencode(self.asked()),
            "check": ChainCheck.objects.order_by("-at").first(),
        }
        return render(request, "audit/record.html", words)


class AuditExport(AuditView):
    """The same rows as CSV; that they were taken out is a row itself."""

    needs_fresh_password = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The file."""
        form = FilterForm(self.asked(), clinic=self.user.clinic_id)
        if not form.is_valid():
            return redirect(f"{reverse('audit')}?{urlencode(self.asked())}")
        rows = self.chosen(form)
        record(Action.EXPORTED, f"audit record: {rows.count()} rows", actor=self.user)
        response = StreamingHttpResponse(lines(rows.iterator()), content_type="text/csv; charset=utf-8")
        name = f"audit-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class WhoRead(ClientView):
    """Who has read or changed anything of this client, for their own therapist."""

    what = "who read the client"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """Person by person, then row by row."""
        rows = clinic_records(self.user.clinic).filter(client=self.client.pk)
        people = rows.order_by().values("actor", "actor_name").annotate(times=Count("id"), last=Max("at"))
        words = {
            "title": _("Who has read this"),
            "client": self.client,
            "people": people.order_by("-last"),
            "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        }
        return render(request, "audit/who_read.html", words)
