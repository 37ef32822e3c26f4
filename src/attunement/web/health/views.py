"""Whether the clinic works, for people and for whatever watches over the server."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from attunement.web.access.views import PublicView
from attunement.web.reading.heartbeat import is_working

NOT_WELL = 503


class Health(PublicView):
    """200 when all is well, 503 when the worker does not run; shows counts and nothing of anyone."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        waiting = DBTaskResult.objects.ready().count()  # what is for later does not wait
        works = is_working()
        words = {"title": _("Health"), "works": works, "waiting": waiting}
        return render(request, "health/health.html", words, status=200 if works else NOT_WELL)
