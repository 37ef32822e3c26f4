"""What the clinic's pages stand beside: Django's own admin, and a plain page behind a sign-in, on the same web server.

`python -m benchmarks.clinic_load.peer FOLDER PORT` fills a database there, prints the cookie of somebody signed in, and
serves.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings

ROWS = 200


def configure(folder: Path) -> None:
    """Django as `startproject` has it, with SQLite set as the clinic sets it."""
    settings.configure(
        SECRET_KEY="of a benchmark",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            f"django.contrib.{name}"
            for name in ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "peer.sqlite3",
                "CONN_MAX_AGE": 600,
                "OPTIONS": {"timeout": 20, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
            }
        },
        STATIC_URL="static/",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


def fill() -> str:
    """People, and the cookie of one of them."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    User.objects.bulk_create(User(username=f"person-{n}", email=f"{n}@example.org") for n in range(ROWS))
    lead = User.objects.create_superuser("lead", "lead@example.org", None)
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(lead.pk), lead.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store.save()
    return str(store.session_key)


def addresses() -> list[object]:
    """The admin and the plain page."""
    from django.contrib import admin
    from django.contrib.auth.decorators import login_required
    from django.contrib.auth.models import User
    from django.http import HttpResponse
    from django.template import engines
    from django.urls import path

    template = engines["django"].from_string(
        "<!doctype html><title>Plain</title><h1>{{ request.user }}</h1><ul>"
        "{% for each in people %}<li>{{ each.username }}, {{ each.email }}{% endfor %}</ul>"
    )

    @login_required
    def plain(request):
        return HttpResponse(template.render({"people": User.objects.all()[:20]}, request))

    return [path("admin/", admin.site.urls), path("plain/", plain)]


def main() -> None:
    """Fill, say, serve."""
    import waitress
    from django.core.wsgi import get_wsgi_application

    from attunement.cli.serve import THREADS

    configure(Path(sys.argv[1]))
    print(fill(), flush=True)
    globals()["urlpatterns"] = addresses()
    sys.modules.setdefault("benchmarks.clinic_load.peer", sys.modules[__name__])
    waitress.serve(get_wsgi_application(), host="127.0.0.1", port=int(sys.argv[2]), threads=THREADS, _quiet=True)


if __name__ == "__main__":
    main()
