"""The rules as the lead sets them, what is due, and keeping it for now."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from attunement.web.access.views import ClientView, Purpose
from attunement.web.audit.models import Action, record
from attunement.web.clients.models import Client
from attunement.web.lead.views import LeadView
from attunement.web.people.views import NEXT, safe_next
from attunement.web.retention.due import NOTICE_DAYS, list_due, old_links, with_days
from attunement.web.retention.forms import RulesForm
from attunement.web.retention.models import Due, rules_of


class Retention(LeadView):
    """The rules, and what is due by them."""

    needs_fresh_password = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """What holds."""
        rules = rules_of(self.user.clinic)
        return self._page(RulesForm(initial={name: getattr(rules, name) for name in RulesForm.base_fields}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """New rules; what becomes due by them is listed at once, and done after the notice."""
        form = RulesForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        rules = rules_of(self.user.clinic)
        with transaction.atomic():
            for name, value in form.cleaned_data.items():
                setattr(rules, name, value)
            rules.save()
            said = ", ".join(f"{name} {value or 'never'}" for name, value in form.cleaned_data.items())
            record(Action.MANAGED, f"rules of retention: {said}", actor=self.user)
            list_due(self.user.clinic)
        messages.success(request, _("Saved."))
        return redirect("retention")

    def _page(self, form: RulesForm) -> HttpResponse:
        due = Due.objects.filter(client__clinic=self.user.clinic_id).select_related("client__therapist", "kept_by")
        words = {
            "title": _("How long things are kept"),
            "form": form,
            "dues": with_days(due.order_by("listed_at", "pk")),
            "links": old_links(self.user.clinic).count(),
            "notice": NOTICE_DAYS,
        }
        return render(self.request, "retention/rules.html", words)


class KeepForNow(ClientView):
    """What is due is kept until somebody says otherwise: a complaint, a question of law, a client who comes back."""

    purpose = Purpose.MANAGE
    due: Due

    def find_client(self) -> Client:
        """The client of whom something is due."""
        due = Due.objects.filter(pk=self.kwargs["due"]).first()
        if due is None:
            raise Http404
        self.due = due
        return self.reachable(due.client_id)

    def post(self, request: HttpRequest, due: UUID) -> HttpResponse:
        """Kept, or let go; `keep` says which. The notice begins anew when it is let go."""
        if request.POST.get("keep") == "yes":
            self.due.kept_at, self.due.kept_by = timezone.now(), self.user
        else:
            self.due.kept_at, self.due.kept_by, self.due.listed_at = None, None, timezone.now()
        self.due.save(update_fields=["kept_at", "kept_by", "listed_at"])
        return redirect(safe_next(request, request.POST.get(NEXT, "")) or "today")

    def what_exactly(self) -> str:
        """Which of the two."""
        return f"due: {'kept for now' if self.due.kept_at else 'no longer kept'}"
