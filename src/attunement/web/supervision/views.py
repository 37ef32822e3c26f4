"""Supervisees, moments worth watching, skills over time, one's own comments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from attunement.web.access.rules import clients_for, supervisees_of
from attunement.web.access.views import ClientView, Purpose, StaffView
from attunement.web.audit.models import Action, record_each
from attunement.web.clients.models import Client
from attunement.web.findings.models import Comment
from attunement.web.people.models import Role, User
from attunement.web.supervision.development import development
from attunement.web.supervision.excerpts import latest
from attunement.web.supervision.forms import ClientChoice, MomentChoice
from attunement.web.supervision.supervisees import supervisees
from attunement.web.supervision.watching import Watched, groups, watched

# So many of the latest sessions are looked through: a page that opened all of a long career would be slow.
WATCHED_SESSIONS, SKILL_SESSIONS = 120, 60
FIRST, A_PAGE, COMMENTS_A_PAGE = 4, 20, 50


class Supervisees(StaffView):
    """Whom one supervises, with their clients."""

    roles = (Role.SUPERVISOR,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, in alphabetical order."""
        everyone = supervisees(supervisees_of(self.user), clients_for(self.user, Purpose.READ))
        clients = sorted(row.client.pk for each in everyone for row in each.rows)
        record_each(Action.READ, "supervisees", actor=self.user, clients=clients)
        words = {"title": _("Supervision"), "supervisees": everyone}
        return render(request, "supervision/supervisees.html", words)


class SuperviseeView(StaffView):
    """For a supervisor, of one therapist whom they supervise now; for the others there is no such page."""

    roles = (Role.SUPERVISOR,)
    therapist: User

    def admit(self) -> HttpResponseBase | None:
        """Whoever supervises this therapist."""
        refused = super().admit()
        if refused is None:
            therapist = supervisees_of(self.user).filter(pk=self.kwargs["therapist"]).first()
            if therapist is None:
                raise Http404
            self.therapist = therapist
        return refused

    @cached_property
    def clients(self) -> list[Client]:
        """The therapist's clients, by label."""
        found = clients_for(self.user, Purpose.READ).filter(therapist=self.therapist)
        return sorted(found, key=lambda client: client.label.casefold())


class Moments(SuperviseeView):
    """Minutes worth watching first, over the therapist's sessions."""

    def get(self, request: HttpRequest, therapist: UUID) -> HttpResponse:
        """The first few of each kind, or all of one."""
        form = MomentChoice(request.GET, self.clients)
        excerpts = latest(form.chosen_clients, WATCHED_SESSIONS)
        moments = watched(excerpts)
        kind = form.chosen("kind")
        page = Paginator([each for each in moments if each.kind == kind], A_PAGE).get_page(request.GET.get("page"))
        words: dict[str, Any] = {
            "title": _("Minutes worth watching"),
            "therapist": self.therapist,
            "form": form,
            "groups": groups(moments, first=len(moments) if kind else FIRST),
            "kind": kind,
            "page": page,
            "sessions": len(excerpts),
            "most": WATCHED_SESSIONS,
        }
        words["shown"] = [group for group in words["groups"] if not kind or group.kind == kind]
        self._record(page if kind else [each for group in words["groups"] for each in group.shown])
        return render(request, "supervision/moments.html", words)

    def _record(self, shown: Iterable[Watched]) -> None:
        clients = {each.excerpt.client_id for each in shown}
        record_each(Action.READ, "moments worth watching", actor=self.user, clients=sorted(clients))


class Skills(SuperviseeView):
    """The therapist's skills over time."""

    def get(self, request: HttpRequest, therapist: UUID) -> HttpResponse:
        """Pictures, words and the table."""
        form = ClientChoice(request.GET, self.clients)
        found = development(latest(form.chosen_clients, SKILL_SESSIONS))
        clients = {row.excerpt.client_id for row in found.rows}
        record_each(Action.READ, "skills over time", actor=self.user, clients=sorted(clients))
        words = {
            "title": _("Skills over time"),
            "therapist": self.therapist,
            "form": form,
            "development": found,
            "most": SKILL_SESSIONS,
        }
        return render(request, "supervision/skills.html", words)


class OwnComments(StaffView):
    """The comments that one wrote, and whether the therapist has seen them."""

    roles = (Role.SUPERVISOR,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest first; none on clients whom one may no longer read."""
        reachable = clients_for(self.user, Purpose.READ).exclude(therapist=self.user)
        own = Comment.objects.filter(author=self.user, client__in=reachable)
        found = own.select_related("client__therapist", "session").order_by("-at")
        page = Paginator(found, COMMENTS_A_PAGE).get_page(request.GET.get("page"))
        clients = {comment.client_id for comment in page}
        record_each(Action.READ, "own comments", actor=self.user, clients=sorted(clients))
        return render(request, "supervision/comments.html", {"title": _("Your comments"), "page": page})


class DeleteComment(ClientView):
    """Take back a comment of one's own."""

    purpose = Purpose.READ
    roles = (Role.SUPERVISOR,)
    what = "own comment deleted"
    comment: Comment

    def find_client(self) -> Client:
        """The client of the comment."""
        comment = Comment.objects.filter(pk=self.kwargs["comment"], author=self.user).first()
        if comment is None:
            raise Http404
        self.comment = comment
        return self.reachable(comment.client_id)

    def post(self, request: HttpRequest, comment: UUID) -> HttpResponse:
        """Back to the list."""
        self.comment.delete()
        return redirect("own-comments")
