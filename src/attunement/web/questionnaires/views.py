"""The clinic's questionnaires, for whoever leads it; which of them a client is asked, for the therapist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from attunement.measures.instruments import instrument, instruments
from attunement.web.access.views import ClientView, StaffView
from attunement.web.audit.models import Action, record
from attunement.web.people.models import Role
from attunement.web.questionnaires.asking import AskingForm, keep_askings
from attunement.web.questionnaires.danger import ask_about_danger
from attunement.web.questionnaires.forms import FillForm, WordsForm, initial_of
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.questionnaires.new_form import FileForm, NewForm
from attunement.web.questionnaires.sheet import sheet
from attunement.web.questionnaires.words import Words, lacking

OUR_OWN = "check_in"


class Questionnaires(StaffView):
    """What is set up, and what could be."""

    roles = (Role.LEAD,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Both lists."""
        set_up = list(Questionnaire.objects.filter(clinic=self.user.clinic).annotate(clients=Count("askings")))
        there = {questionnaire.name for questionnaire in set_up}
        words = {
            "title": _("Questionnaires"),
            "set_up": set_up,
            "others": [each for each in instruments() if each.name not in there and each.name != OUR_OWN],
        }
        return render(request, "questionnaires/list.html", words)


class NewQuestionnaire(StaffView):
    """One of the clinic's own, by hand or from a file."""

    roles = (Role.LEAD,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Both forms."""
        return self._page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to its page, where it is looked through."""
        clinic, is_file = self.user.clinic, "from-file" in request.POST
        form = FileForm(request.POST, request.FILES, clinic=clinic) if is_file else NewForm(request.POST, clinic=clinic)
        if not form.is_valid() or form.found is None:
            return self._page(request, **{"file_form" if is_file else "form": form})
        described, words = form.found
        made = Questionnaire.objects.create(
            clinic=clinic,
            name=described.name,
            definition=msgspec.to_builtins(described),
            words=msgspec.to_builtins(words),
        )
        record(Action.MANAGED, f"new questionnaire {made.name}", actor=self.user)
        messages.success(request, _("Look through it, mark items that ask about danger, and offer it."))
        return redirect("questionnaire", made.name)

    def _page(self, request: HttpRequest, **forms: Any) -> HttpResponse:
        clinic = self.user.clinic
        words = {
            "title": _("A questionnaire of your own"),
            "form": NewForm(clinic=clinic),
            "file_form": FileForm(clinic=clinic),
        }
        return render(request, "questionnaires/new.html", {**words, **forms})


class OneQuestionnaire(StaffView):
    """One of the clinic's questionnaires, by its name; those of the program are there before they are set up."""

    def find(self) -> Questionnaire:
        """The questionnaire.

        Raises:
            Http404: when there is none of this name.
        """
        name = self.kwargs["name"]
        found = Questionnaire.objects.filter(clinic=self.user.clinic, name=name).first()
        if found is not None:
            return found
        if name == OUR_OWN or name not in {each.name for each in instruments()}:
            raise Http404
        return Questionnaire(clinic=self.user.clinic, name=name, risk_items=list(ask_about_danger(instrument(name))))


class SetUp(OneQuestionnaire):
    """Its words."""

    roles = (Role.LEAD,)

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """What there is."""
        return self._page(request, self.find())

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        """Filled in to be looked through; or kept."""
        found = self.find()
        if "fill" in request.POST:
            fill = FillForm(request.POST, request.FILES, instrument=found.instrument)
            if not fill.is_valid():
                return self._page(request, found, fill=fill)
            filled = together(found.said, fill.cleaned_data["words"])
            messages.info(request, _("Filled in below. Look through it; it is kept when you press “Keep”."))
            return self._page(request, found, words=filled)
        form = WordsForm(request.POST, instrument=found.instrument)
        if not form.is_valid():
            return self._page(request, found, form=form)
        self._keep(found, form)
        messages.success(request, _("Kept."))
        return redirect("questionnaire", found.name)

    def _keep(self, found: Questionnaire, form: WordsForm) -> None:
        found.words = msgspec.to_builtins(form.words)
        found.risk_items = form.risk_items
        found.shows_course = form.cleaned_data["shows_course"]
        found.is_offered = form.cleaned_data["is_offered"]
        found.changed_at = timezone.now()
        found.save()
        record(Action.MANAGED, f"questionnaire {found.name}", actor=self.user)

    def _page(
        self,
        request: HttpRequest,
        found: Questionnaire,
        *,
        form: WordsForm | None = None,
        fill: FillForm | None = None,
        words: Words | None = None,
    ) -> HttpResponse:
        initial = initial_of(words or found.said, found.instrument.items, found.risk_items)
        initial |= {"shows_course": found.shows_course, "is_offered": found.is_offered}
        shown = {
            "title": found.instrument.title,
            "questionnaire": found,
            "instrument": found.instrument,
            "form": form or WordsForm(instrument=found.instrument, initial=initial),
            "fill": fill or FillForm(instrument=found.instrument),
            "lacking": lacking(found.instrument, found.said),
            "is_kept": not found._state.adding,
        }
        return render(request, "questionnaires/set_up.html", shown)


class Preview(OneQuestionnaire):
    """As a client sees it."""

    roles = (Role.LEAD, Role.THERAPIST)

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """The page of a phone, without anything to send."""
        found = self.find()
        words = {
            "title": found.heading,
            "questionnaire": found,
            "sheet": sheet(found),
            "clinic": self.user.clinic,
            "is_lead": self.user.has_role(Role.LEAD),
        }
        return render(request, "questionnaires/preview.html", words)


class Remove(OneQuestionnaire):
    """A questionnaire that nobody has answered."""

    roles = (Role.LEAD,)

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        """Back to the list."""
        from attunement.web.checkins.models import Answers

        found = self.find()
        if Answers.objects.filter(client__clinic=self.user.clinic, instrument=found.name).exists():
            messages.warning(request, _("It was answered, so that it is kept. Offer it no longer instead."))
            return redirect("questionnaire", found.name)
        if not found._state.adding:
            found.delete()
            record(Action.MANAGED, f"removed questionnaire {name}", actor=self.user)
        return redirect("questionnaires")


class Askings(ClientView):
    """Which questionnaires this client is asked, and how often."""

    what = "questionnaires asked"

    def get(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """What holds."""
        return self._page(request, AskingForm(client=self.client))

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        """Keep it; it holds from the next link on."""
        form = AskingForm(request.POST, client=self.client)
        if not form.is_valid():
            return self._page(request, form)
        keep_askings(self.client, form.chosen)
        messages.success(request, _("Kept. It holds from the next check-in link on."))
        return redirect("askings", self.client.pk)

    def _page(self, request: HttpRequest, form: AskingForm) -> HttpResponse:
        words = {"title": _("Questionnaires in the check-in"), "client": self.client, "form": form}
        return render(request, "questionnaires/askings.html", words)


def together(before: Words, filled: Words) -> Words:
    """What was filled in, and what was there where nothing was."""
    return Words(
        heading=before.heading or filled.heading,
        intro=before.intro or filled.intro,
        items={**before.items, **filled.items},
        answers=filled.answers or before.answers,
        answers_of={**before.answers_of, **filled.answers_of},
    )
