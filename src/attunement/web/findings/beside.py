"""What stands beside findings and turns on a session's page: the therapist's verdicts, and comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attunement.web.findings.judging import Place
from attunement.web.findings.models import Comment, Feedback, Verdict
from attunement.web.findings.slots import filled
from attunement.web.people.models import User
from attunement.web.sessions.models import Session

# The verdicts as they stand on the buttons.
BUTTONS = (
    (Verdict.ACCEPTED, gettext_lazy("So it was")),
    (Verdict.CORRECTED, gettext_lazy("Otherwise")),
    (Verdict.DISMISSED, gettext_lazy("Not so")),
)
KINDS = {
    "rupture": gettext_lazy("rupture"),
    "repair": gettext_lazy("repair"),
    "corrective": gettext_lazy("corrective experience"),
    "insight": gettext_lazy("insight"),
    "missed": gettext_lazy("moment possibly missed"),
    "met": gettext_lazy("moment well met"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as the page shows it; `is_new` when the therapist sees it for the first time."""

    comment: Comment
    is_new: bool


class Beside:
    """Verdicts and comments of one session, as this person sees them.

    Verdicts are for their author alone. A comment that the therapist sees for the first time is marked as seen.
    """

    def __init__(self, request: HttpRequest, session: Session, user: User, *, is_mine: bool) -> None:
        self.session, self.is_mine = session, is_mine
        self.token = get_token(request)
        self.comment_at = _turn(request.GET.get("comment", ""))
        self.comments = comments_of(session, user, is_mine=is_mine)
        own = Feedback.objects.filter(session=session, author=user).order_by("start") if is_mine else ()
        self._verdicts = {Place.of(each): each for each in own}
        self._placed: set[Place] = set()
        self._turns: set[int] = set()

    def page(self, report: str | None) -> SafeString | None:
        """The report with what belongs beside its findings and turns; None where there is no report."""
        if report is None:
            return None
        return filled(report, at_finding=self._at_finding, at_turn=self._at_turn)

    @property
    def new_comments(self) -> list[Comment]:
        """Those that the therapist sees for the first time."""
        return [said.comment for said in self.comments if said.is_new]

    @property
    def comments_elsewhere(self) -> list[Said]:
        """Those at turns that the page does not show, such as of a transcript that is gone. After `page`."""
        return [said for said in self.comments if said.comment.turn not in self._turns]

    @property
    def verdicts_elsewhere(self) -> list[dict[str, Any]]:
        """Those on findings that the page no longer shows, since the transcript was read anew. After `page`."""
        left = (given for place, given in self._verdicts.items() if place not in self._placed)
        return [{"given": given, "kind": KINDS.get(given.finding, given.finding)} for given in left]

    def _at_finding(self, place: Place) -> str:
        self._placed.add(place)
        if not self.is_mine:
            return ""
        return verdict_form(self.session, place, self._verdicts.get(place), token=self.token)

    def _at_turn(self, turn: int) -> str:
        self._turns.add(turn)
        comments = [said for said in self.comments if said.comment.turn == turn]
        form = turn == self.comment_at
        if not comments and not form:  # most turns: a template for each would take its time
            return _link(turn, _("Comment"))
        words = {"session": self.session, "turn": turn, "comments": comments, "form": form, "csrf_token": self.token}
        return render_to_string("findings/at_turn.html", words) + ("" if form else _link(turn, _("Answer")))


def comments_of(session: Session, user: User, *, is_mine: bool) -> list[Said]:
    """The comments in the order of the session; those new to the therapist are marked as seen with this."""
    comments = Comment.objects.filter(session=session).select_related("author").order_by("turn", "at")
    said = [Said(each, is_mine and each.seen_at is None and each.author_id != user.pk) for each in comments]
    if new := [each.comment.pk for each in said if each.is_new]:
        Comment.objects.filter(pk__in=new).update(seen_at=timezone.now())
    return said


def verdict_form(session: Session, place: Place, given: Feedback | None, *, token: str) -> SafeString:
    """The buttons under a finding, with what was said before."""
    words = {
        "session": session,
        "place": place,
        "kind": KINDS.get(place.finding, place.finding),
        "given": given,
        "buttons": BUTTONS,
        "csrf_token": token,
    }
    return render_to_string("findings/verdict.html", words)


def _link(turn: int, words: str) -> SafeString:
    where = _("at turn %(turn)d") % {"turn": turn}
    link = '<a class="add-comment" href="{}" title="{}"><span>{}</span><span class="unseen"> {}</span></a>'
    return format_html(link, f"?comment={turn}#turn-{turn}", words, words, where)


def _turn(asked: str) -> int | None:
    return int(asked) if asked.isdecimal() and len(asked) < 6 else None
