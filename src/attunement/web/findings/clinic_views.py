"""How often findings were right, for those who lead a clinic; and the file of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attunement.web.access.views import StaffView
from attunement.web.audit.models import Action, record
from attunement.web.findings.beside import KINDS
from attunement.web.findings.export import judgements_of
from attunement.web.people.models import Role

if TYPE_CHECKING:
    from attunement.evaluation.feedback import Judged, OfCoder


FITS = {
    "fits": gettext_lazy("right"),
    "too sure": gettext_lazy("too high"),
    "not sure enough": gettext_lazy("too low"),
    "cannot tell": gettext_lazy("cannot be told"),
}


class JudgedFindings(StaffView):
    """What the clinic's therapists said to findings, all together."""

    roles = (Role.LEAD,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The figures; nothing of whom or by whom."""
        from attunement.evaluation.feedback import evaluate_feedback

        judgements = judgements_of(self.user.clinic)
        words = {
            "title": _("Were the findings right?"),
            "coders": [_shown(part) for part in evaluate_feedback(judgements).coders] if judgements else [],
        }
        return render(request, "findings/judged.html", words)


class JudgedExport(StaffView):
    """The verdicts as a file for `attunement evaluate`."""

    roles = (Role.LEAD,)
    needs_fresh_password = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file; that it was taken out is kept."""
        from attunement.evaluation.feedback_file import feedback_json

        judgements = judgements_of(self.user.clinic)
        record(Action.EXPORTED, f"feedback on findings: {len(judgements)} verdicts", actor=self.user)
        response = HttpResponse(feedback_json(judgements), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="feedback-{timezone.localdate():%Y-%m-%d}.json"'
        return response


def _shown(part: OfCoder) -> dict[str, Any]:
    return {"part": part, "rows": [_row(judged) for judged in part.kinds]}


def _row(judged: Judged) -> dict[str, Any]:
    assert judged.accepted.interval is not None  # a kind is there because something of it was judged
    low, high = judged.accepted.interval
    return {
        "kind": KINDS[judged.name],
        "judged": judged,
        "low": round(100 * low),
        "high": round(100 * high),
        # No estimate deserves 0 or 100 %.
        "stated": None if judged.stated is None else min(99, max(1, round(100 * judged.stated))),
        "fit": FITS[judged.fit],
    }
