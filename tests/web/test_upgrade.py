"""After the program was upgraded, what an older one drew is drawn anew."""

from __future__ import annotations

from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from web_cast import Cast, upload_example, work

from attunement import __version__
from attunement.web.reading.models import CaseView
from attunement.web.reading.queue import LATER, draw_anew_later
from attunement.web.sessions.models import Reading


def test_a_case_that_another_version_drew_is_drawn_anew_behind_all_else(cast: Cast, coder):
    upload_example(cast.client)
    assert work() == []
    CaseView.objects.update(drawn_by="0.0.1")
    assert draw_anew_later() == 1
    assert DBTaskResult.objects.ready().get().priority == LATER
    assert draw_anew_later() == 0  # it is asked for once
    assert work() == []
    case = CaseView.objects.get()
    assert case.is_current
    assert case.drawn_by == __version__


def test_a_case_of_this_version_is_left_alone(cast: Cast, coder):
    upload_example(cast.client)
    assert work() == []
    assert draw_anew_later() == 0


def test_a_reading_that_another_version_drew_is_drawn_when_it_is_looked_at(cast: Cast, coder):
    session = upload_example(cast.client)
    assert work() == []
    reading = Reading.objects.get()
    reading.page, reading.drawn_by = "<p>an older page</p>", "0.0.1"
    reading.save()
    page = cast.as_("alice").get(reverse("session", args=[session.pk])).content.decode()
    assert "an older page" not in page
    assert Reading.objects.get().drawn_by == __version__
