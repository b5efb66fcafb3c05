"""Pages for what went wrong."""

from django.http import HttpRequest, HttpResponse


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse("Forbidden", status=403)
