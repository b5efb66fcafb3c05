"""Gives every request its actor, and every answer its names and its last defence against odd input."""

import logging
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.contrib.auth import logout
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.screens import naming, problems, proving
from foundation.screens.requests import parent
from foundation.values.actor import SUPPLIER, Actor
from foundation.values.reason import Reasoned

log = logging.getLogger("countersign.defects")

ODD_INPUT = (DataError, OverflowError, RecursionError, UnicodeError)
"""Errors that only input nobody looked at can cause. Each one is a missing check of ours, so each one is logged."""
FORESEEN = (*problems.BUILDERS, Reasoned)


class ScreenMiddleware:
    """One person, one actor, one zone, one language for the whole request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self.actor_of(request)  # type: ignore[attr-defined]
        try:
            if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
                refusal = BadRequest(_("The address has a character that cannot be read."))
                return problems.answer(request, problems.bad_request(refusal))
            response = self.get_response(request)
            if response.status_code == 405 and not response.content and not request.path.startswith(problems.API):
                page = problems.answer(request, problems.only_sent(), back=parent(request.path))
                page["Allow"] = response["Allow"]
                response = page
            response.headers.setdefault("Cache-Control", "no-store")
            return naming.fill_in(request, response)
        finally:
            timezone.deactivate()

    def actor_of(self, request: HttpRequest) -> Actor | None:
        """Whoever is signed in, unless the account was closed meanwhile: then the session ends here."""
        person = request.user
        if not person.is_authenticated:
            return None
        if not person.is_active:
            logout(request)
            return None
        timezone.activate(ZoneInfo(person.timezone))
        translation.activate(person.language)
        proofs = {what: proving.at(request.session, what) for what in (proving.PROVED, proving.KNOWN)}
        actor: Actor = replace(person.actor, **proofs)
        held = getattr(person, "held_scopes", None)
        if held is not None:
            actor.kept["scopes"] = held
            actor.kept["verbs"] = {verb for scope in held for verb in scope["verbs"]}
        if actor.kind == SUPPLIER:
            actor.kept["portal_roles"] = frozenset(person.portal_roles)
        return actor

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a view let pass: our own refusals as problems, odd input as 400 with a logged defect."""
        if isinstance(error, (RequestDataTooBig, TooManyFieldsSent)):
            return problems.answer(request, problems.too_large())
        if isinstance(error, FORESEEN) and not isinstance(error, Http404):
            return problems.answer(request, problems.of(error))  # type: ignore[arg-type]
        if isinstance(error, ODD_INPUT) or is_about_nul(error):
            log.exception("Input reached the database unchecked: %s %s", request.method, request.path)
            return problems.answer(request, problems.bad_request(BadRequest()))
        if isinstance(error, OperationalError):
            log.exception("The database does not answer")
            return problems.answer(request, problems.unavailable())
        return None


def is_about_nul(error: Exception) -> bool:
    return isinstance(error, ValueError) and "NUL" in str(error)
