"""`attunement serve`: the clinic on this machine, web server and worker together."""

from __future__ import annotations

import ipaddress
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Annotated

import typer

from attunement.cli import screen
from attunement.errors import InputError

HOST, PORT = "127.0.0.1", 8765
THREADS = 8
RESTART_SECONDS = 2
MOST_SENT = 2**26


def serve(
    demo: Annotated[
        bool, typer.Option("--demo", help="Open with invented people, in a folder of its own that is thrown away.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 only behind a proxy with TLS.")] = HOST,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = PORT,
    worker: Annotated[bool, typer.Option(help="Run the worker too; --no-worker where it runs elsewhere.")] = True,
) -> None:
    """Open the clinic: a web app for therapist, supervisor, lead and client, on this machine.

    Prints the address, and on the first run a one-time link for the first user. Stop it with Ctrl+C.
    """
    _needs_web()
    _free(host, port)
    if demo and not _is_loopback(host):
        raise InputError("the demonstration asks for no password: it runs on 127.0.0.1 only; leave out --host.")
    with tempfile.TemporaryDirectory(prefix="attunement-demo-") as folder:
        _environment(host, demo=Path(folder) if demo else None)
        _run(host, port, demo=demo, worker=worker)


def _environment(host: str, *, demo: Path | None) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "attunement.web.settings"
    if _is_loopback(host):
        os.environ.setdefault("ATTUNEMENT_HTTPS", "no")
    if demo is not None:
        os.environ |= {"ATTUNEMENT_DEMO": "yes", "ATTUNEMENT_HOME": str(demo), "DATABASE_URL": ""}


def _run(host: str, port: int, *, demo: bool, worker: bool) -> None:
    import django
    import waitress
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from attunement.web.clients.erasure import finish_erasures, without_key
    from attunement.web.wsgi import application

    finish_erasures()
    if missing := without_key():
        screen.note(f"The keys of {missing} clients are missing in the home folder's keys/; they cannot be read.")
    address = f"http://{host}:{port}"
    if demo:
        from attunement.web.demo.build import build

        build()
    # What comes in and goes out is held in memory: beyond its limits waitress would write it to temporary files.
    largest = 4 * settings.MOST_UPLOADED
    server = waitress.create_server(
        application,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=largest,
        inbuf_overflow=2 * largest,
        outbuf_overflow=MOST_SENT,
    )
    if worker:
        threading.Thread(target=_keep_worker, daemon=True).start()
    _greet(address, demo=demo)
    try:
        server.run()
    except KeyboardInterrupt:
        screen.note("Closed.")


def _greet(address: str, *, demo: bool) -> None:
    from attunement.web.people.models import Invitation, Role, User

    print(f"Attunement is open at {address}{'/demo/' if demo else '/'}")
    if not demo and not User.objects.exists():
        token = Invitation.issue(clinic=None, roles=[Role.THERAPIST, Role.LEAD])
        print(f"The first user joins here, once: {address}/welcome/{token}/")
    print("Stop it with Ctrl+C.", flush=True)


def _keep_worker() -> None:
    """A worker that dies is started anew; it ends by itself when this process is gone."""
    while True:
        subprocess.run([sys.executable, "-m", "attunement.web", "worker"], check=False)
        threading.Event().wait(RESTART_SECONDS)


def _needs_web() -> None:
    from importlib.util import find_spec

    if find_spec("django") is None:
        raise InputError("the clinic needs more than the core has; run: pip install 'attunement[web]'")


def _free(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            pass
    except OSError:
        raise InputError(
            f"{host}:{port} cannot be listened on; give another --port, or close what runs there."
        ) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
