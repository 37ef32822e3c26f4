"""The play that `test_kill.py` watches, each part a process of its own: `python kill_play.py PART`.

`prepare` makes clinic and client; `upload` uploads one session after the other and prints each number once it is kept;
`work` is the worker, its coder slow enough to be killed at it; `count` says what is there.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "attunement.web.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

import attunement.coder  # noqa: E402
import attunement.episodes  # noqa: E402
import stand_in_coder  # noqa: E402
from attunement.web.clients.consent import decide  # noqa: E402
from attunement.web.clients.models import Client, ConsentKind  # noqa: E402
from attunement.web.people.models import Clinic, Role, User  # noqa: E402
from attunement.web.reading import heartbeat  # noqa: E402
from attunement.web.reading.models import CaseView  # noqa: E402
from attunement.web.sessions.models import Reading, Session, State, Transcript  # noqa: E402
from attunement.web.sessions.upload import upload as keep  # noqa: E402

TRANSCRIPT = "\n".join(f"{who}: words {n}" for n in range(8) for who in ("Therapist", "Client")).encode()


def prepare() -> None:
    call_command("migrate", verbosity=0)
    clinic = Clinic.objects.create(name="Here")
    user = User.objects.create_user(
        clinic=clinic, email="a@example.org", name="A", password=None, roles=[Role.THERAPIST]
    )
    decide(Client.admit(therapist=user, label="C"), ConsentKind.ANALYSIS, is_given=True, by_client=True)


def upload() -> None:
    client = Client.objects.get()
    for number in count(1):
        keep(client, number=number, date=None, name="transcript.txt", content=TRANSCRIPT)
        print(number, flush=True)


def work() -> None:
    class Slow(stand_in_coder.StandInCoder):
        def code(self, session):
            print("reading", flush=True)
            time.sleep(0.2)
            return super().code(session)

    attunement.coder.shipped_coder = Slow
    attunement.episodes.find = stand_in_coder.find
    heartbeat.EVERY_SECONDS, heartbeat.DEAD_AFTER = 0.2, timedelta(seconds=1.5)
    call_command("worker")


def tell() -> None:
    doubled = Reading.objects.values("session").annotate(n=Count("pk")).filter(n__gt=1).count()
    print(
        json.dumps(
            {
                "sessions": sorted(Session.objects.values_list("number", flat=True)),
                "transcripts": Transcript.objects.count(),
                "read": Transcript.objects.filter(state=State.READ).count(),
                "readings": Reading.objects.count(),
                "doubled": doubled,
                "open": DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).count(),
                "failed": DBTaskResult.objects.filter(status="FAILED").count(),
                "is_current": all(view.is_current for view in CaseView.objects.all()),
                "attempts": max((len(job.worker_ids) for job in DBTaskResult.objects.all()), default=0),
            }
        )
    )


if __name__ == "__main__":
    {"prepare": prepare, "upload": upload, "work": work, "count": tell}[sys.argv[1]]()
