"""The play that `test_files_at_rest.py` watches, in a process and a database of its own: `python rest_play.py`.

A clinic at work: pages are opened, a transcript is uploaded, read and backed up, one client is erased. Then it is
killed, so that whatever a database keeps beside its file is still there. Prints the key of the erased client, and
what a backup saw of a row that was added while it was being written.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "attunement.web.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402
from web_cast import gather, upload_example, work  # noqa: E402

import attunement.coder  # noqa: E402
import attunement.episodes  # noqa: E402
import stand_in_coder  # noqa: E402
from attunement.web.clients.erasure import erase  # noqa: E402
from attunement.web.clients.models import Client  # noqa: E402
from attunement.web.people.models import Clinic  # noqa: E402
from attunement.web.vault import backup, keys  # noqa: E402

ERASED = "Marmaduke"


def added_meanwhile() -> int:
    """How many rows more a backup sees that were added since it began; who adds them waits for nothing."""
    with backup._as_at_one_moment():
        before = Clinic.objects.count()
        other = threading.Thread(target=lambda: Clinic.objects.create(name="Later"))
        other.start()
        other.join(timeout=10)
        assert not other.is_alive(), "a writer waits for a backup"
        return Clinic.objects.count() - before


def main() -> None:
    attunement.coder.shipped_coder = stand_in_coder.StandInCoder
    attunement.episodes.find = stand_in_coder.find
    call_command("migrate", verbosity=0)
    cast = gather()
    session = upload_example(cast.client)
    assert work() == []
    alice = cast.as_("alice")
    for name, arguments in (("today", []), ("client", [cast.client.pk]), ("session", [session.pk])):
        assert alice.get(reverse(name, args=arguments)).status_code == 200
    other = Client.admit(therapist=cast.alice, label=ERASED)
    key = keys.key_of(other.pk).hex()
    wrapped = (keys.key_folder() / f"{other.pk}.key").read_text()
    call_command("backup", verbosity=0, stdout=io.StringIO())
    erase(other, by=cast.alice)
    print(json.dumps({"key": key, "wrapped": wrapped, "added_meanwhile": added_meanwhile()}), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
