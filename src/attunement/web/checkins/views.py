"""For the client, on their phone: the check-in, the own course, what felt off, consent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from attunement.measures.instruments import Instrument
from attunement.measures.scoring import score_answers
from attunement.web.access.views import LinkView
from attunement.web.checkins.answering import keep_check_in, keep_felt_off, keep_questionnaire
from attunement.web.checkins.course import own_course
from attunement.web.checkins.danger import tells_of_danger
from attunement.web.checkins.forms import AnswersForm, CheckInForm, FeltOffForm, SightForm
from attunement.web.checkins.models import FeltOff, Sight
from attunement.web.checkins.steps import Step, next_step
from attunement.web.clients.consent import decide
from attunement.web.clients.models import ConsentKind
from attunement.web.clients.views import agreements
from attunement.web.questionnaires.sheet import sheet


class ClientPage(LinkView):
    """What all pages of a client's have in common."""

    def page(self, template: str, **words: Any) -> HttpResponse:
        """The template, with the clinic's crisis text, which stands above all after an answer that tells of danger."""
        shown = {
            "clinic": self.link.client.clinic,
            "link": self.link,
            "token": self.token,
            "tells_of_danger": tells_of_danger(self.link),
        }
        return render(self.request, template, {**shown, **words})

    def onward(self) -> HttpResponse:
        """To the next part of the check-in, or to the own course after the last."""
        step = next_step(self.link)
        if step is None:
            return redirect("own-course", self.token)
        return redirect("check-in" if step.questionnaire is None else "questions", self.token)

    @property
    def token(self) -> str:
        """The token in the address."""
        return str(self.kwargs["token"])


class CheckIn(ClientPage):
    """The ratings."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The questions, or what follows when they were answered."""
        step = next_step(self.link)
        if step is None or step.questionnaire is not None:
            return self.onward()
        return self._page(CheckInForm(), step)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """On to what follows."""
        step = next_step(self.link)
        if step is None or step.questionnaire is not None:
            return self.onward()
        form = CheckInForm(request.POST, more_follows=step.count > 1)
        if not form.is_valid():
            return self._page(form, step)
        said = form.cleaned_data
        keep_check_in(self.link, ratings=form.ratings, felt_off=said["felt_off"], sight=said["sight"])
        return self.onward()

    def _page(self, form: CheckInForm, step: Step) -> HttpResponse:
        return self.page("checkins/check_in.html", form=form, step=step)


class Questions(ClientPage):
    """The questionnaires that follow, one after the other; each can be left out."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The next one."""
        step = next_step(self.link)
        if step is None or step.questionnaire is None:
            return self.onward()
        return self._page(step)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """On to what follows; once more the same page where too little was answered to be counted."""
        step = next_step(self.link)
        if step is None or step.questionnaire is None or step.name != request.POST.get("of"):
            return self.onward()
        if "leave-out" in request.POST:
            keep_questionnaire(self.link, step.name, {})
            return self.onward()
        form = AnswersForm(request.POST, questionnaire=step.questionnaire)
        if not form.is_valid():
            return self._page(step, form, is_odd=True)
        lacking = answers_lacking(step.questionnaire.instrument, form.given)
        if not form.given or (lacking and "as-it-is" not in request.POST):
            return self._page(step, form, lacking=lacking)
        keep_questionnaire(self.link, step.name, form.given)
        return self.onward()

    def _page(self, step: Step, form: AnswersForm | None = None, **words: Any) -> HttpResponse:
        assert step.questionnaire is not None
        items = {item.name for item in step.questionnaire.instrument.items}
        open_items = frozenset(items - set(form.given)) if form else frozenset()
        lines = sheet(step.questionnaire, form.chosen if form else None, open_items=open_items)
        return self.page(
            "checkins/questions.html",
            step=step,
            questionnaire=step.questionnaire,
            sheet=lines,
            is_again=form is not None,
            is_empty=form is not None and not form.given,
            **words,
        )


class OwnCourse(ClientPage):
    """What the client answered so far, in plain words."""

    what = "own course"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The course, and the notes for themselves."""
        client = self.link.client
        notes = FeltOff.objects.filter(client=client, sight=Sight.MINE).order_by("-at")
        words = {"course": own_course(client), "notes": notes, "step": next_step(self.link)}
        return self.page("checkins/own_course.html", **words)


class WhatFeltOff(ClientPage):
    """What felt off, so far: the client says more, changes who may see it, or deletes it."""

    what = "what felt off"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """All of it."""
        return self._page(FeltOffForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Kept, changed or deleted."""
        if "of" in request.POST:
            return self._change(request)
        form = FeltOffForm(request.POST)
        if self.link.session is None:
            raise Http404
        if not form.is_valid() or not form.has_words:
            return self._page(form)
        keep_felt_off(self.link.session, form.cleaned_data["felt_off"], form.cleaned_data["sight"])
        messages.success(request, _("Kept."))
        return redirect("what-felt-off", self.token)

    def _change(self, request: HttpRequest) -> HttpResponse:
        found = get_object_or_404(FeltOff, pk=request.POST["of"], client=self.link.client)
        form = SightForm(request.POST)
        if "delete" in request.POST:
            found.delete()
            messages.success(request, _("Deleted. Nobody sees it any more."))
        elif form.is_valid():
            found.sight = form.cleaned_data["sight"]
            found.save(update_fields=["sight"])
            messages.success(request, _("Changed."))
        return redirect("what-felt-off", self.token)

    def _page(self, form: FeltOffForm) -> HttpResponse:
        found = FeltOff.objects.filter(client=self.link.client).select_related("session").order_by("-at")
        return self.page("checkins/what_felt_off.html", found=found, form=form, sights=Sight.choices)


class OwnConsent(ClientPage):
    """The client says yes or no, any time."""

    what = "own consent"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What holds."""
        return self.page("checkins/own_consent.html", agreed=agreements(self.link.client))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """A yes or a no."""
        kind, said = request.POST.get("kind"), request.POST.get("said")
        if kind not in ConsentKind.values or said not in ("yes", "no"):
            raise Http404
        decide(self.link.client, ConsentKind(kind), is_given=said == "yes", by_client=True)
        return redirect("own-consent", token)


def answers_lacking(instrument: Instrument, given: dict[str, float]) -> int:
    """How many more answers it takes for a total; 0 when it can be counted as it is."""
    if score_answers(instrument, given)[0].value is not None:
        return 0
    total = instrument.total
    may_be_missing = total.missing.at_most if total.missing else 0
    answered = sum(name in given for name in total.items)
    return max(len(total.items) - may_be_missing - answered, 1)
