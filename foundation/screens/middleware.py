"""Gives every request its actor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ScreenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = request.user.actor if request.user.is_authenticated else None  # type: ignore[attr-defined]
        return self.get_response(request)
