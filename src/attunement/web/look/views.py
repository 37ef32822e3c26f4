"""Hands out style sheets and scripts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from attunement.web.access.views import PublicView
from attunement.web.look import assets

KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


class Asset(PublicView):
    """One file; a stale address still gets what there is now, but is not kept."""

    def get(self, request: HttpRequest, digest: str, name: str) -> HttpResponse:
        """The file."""
        if name not in assets.PARTS:
            raise Http404
        response = HttpResponse(assets.content(name), content_type=KINDS[name.rsplit(".", 1)[1]])
        is_current = digest == assets.digest()
        response["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
        return response
