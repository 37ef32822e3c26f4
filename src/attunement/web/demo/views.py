"""Being one of the invented people. Only in the demo; anywhere else there is no such page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from attunement.web.access.views import PublicView
from attunement.web.people.models import User
from attunement.web.people.views import BACKEND


class Demo(PublicView):
    """Who is there, and signing in as one of them."""

    def admit(self) -> HttpResponseBase | None:
        """In the demo only."""
        if not settings.DEMO:
            raise Http404
        return None

    def get(self, request: HttpRequest) -> HttpResponse:
        """The people."""
        people = User.objects.order_by("created_at")
        return render(request, "demo/demo.html", {"title": _("Who would you like to be?"), "people": people})

    def post(self, request: HttpRequest) -> HttpResponse:
        """In as one of them."""
        login(request, get_object_or_404(User, pk=request.POST.get("user")), backend=BACKEND)
        return redirect("today")
