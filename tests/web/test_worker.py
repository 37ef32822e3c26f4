"""What a dead worker had begun is begun again; what kills workers is given up and said."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from web_cast import Cast, upload_example, work

from attunement.web.reading.heartbeat import MOST_ATTEMPTS, Beat, take_up_abandoned
from attunement.web.reading.models import Heartbeat
from attunement.web.sessions.models import State, Transcript


def begin(cast: Cast, *, worker: str, attempts: int = 1) -> DBTaskResult:
    """A job that this worker has begun."""
    upload_example(cast.client)
    job = DBTaskResult.objects.get()
    for _ in range(attempts):
        job.claim(worker)
    Transcript.objects.update(state=State.READING)
    return job


def test_a_job_of_a_living_worker_is_left_alone(cast: Cast):
    begin(cast, worker="alive")
    Beat("alive").beat()
    assert take_up_abandoned() == 0


def test_a_job_of_a_dead_worker_is_begun_again_and_finished(cast: Cast, coder):
    begin(cast, worker="dead")
    assert take_up_abandoned() == 1
    assert work() == []
    assert Transcript.objects.get().state == State.READ


def test_what_kills_worker_after_worker_is_given_up_and_said(cast: Cast):
    job = begin(cast, worker="dead", attempts=MOST_ATTEMPTS)
    assert take_up_abandoned() == 0
    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED
    assert "failed while reading" in Transcript.objects.get().refusal


def test_the_health_page_says_when_no_worker_lives(cast: Cast, client):
    assert client.get(reverse("health")).status_code == 503
    Beat("one").beat()
    assert client.get(reverse("health")).status_code == 200
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=1))
    assert client.get(reverse("health")).status_code == 503
