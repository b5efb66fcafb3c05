"""Errors as problem+json (RFC 9457), with the same words that a page says."""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import exceptions, status

from foundation.screens import problems
from foundation.screens.middleware import ODD_INPUT, is_about_nul
from foundation.screens.problems import Problem

log = logging.getLogger("countersign.defects")

TITLES = {
    status.HTTP_400_BAD_REQUEST: ("bad_request", _("This request cannot be read.")),
    status.HTTP_401_UNAUTHORIZED: ("not_signed_in", _("Say who you are.")),
    status.HTTP_403_FORBIDDEN: ("not_allowed", _("You may not do this.")),
    status.HTTP_404_NOT_FOUND: ("not_found", _("Nothing is here.")),
    status.HTTP_405_METHOD_NOT_ALLOWED: ("no_such_method", _("This address does not do that.")),
    status.HTTP_406_NOT_ACCEPTABLE: ("not_acceptable", _("This address answers with JSON only.")),
    status.HTTP_413_REQUEST_ENTITY_TOO_LARGE: ("too_large", _("This is too large.")),
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: ("unsupported", _("Send JSON.")),
    status.HTTP_429_TOO_MANY_REQUESTS: ("too_many", _("Too many requests. Wait a moment.")),
}


def answer(error: Exception, _context: dict[str, Any]) -> HttpResponseBase | None:
    """DRF's exception handler. None is a defect: it goes on to the 500 page, which for the API is JSON too."""
    if isinstance(error, Http404):
        return problems.as_json(problems.missing())
    if isinstance(error, exceptions.ValidationError):
        return invalid(error)
    if isinstance(error, exceptions.APIException):
        return of_framework(error)
    if problem := problems.of(error):
        return problems.as_json(problem)
    if isinstance(error, PermissionDenied):
        return problems.as_json(Problem(403, "not_allowed", _("You may not do this.")))
    if isinstance(error, ODD_INPUT) or is_about_nul(error):
        log.exception("Input reached the database unchecked")
        return problems.as_json(Problem(400, "bad_request", _("This request cannot be read.")))
    return None


def invalid(error: exceptions.ValidationError) -> HttpResponseBase:
    """400 with one entry for each fault: where it is and what to do."""
    faults = [{"field": path, "reason": reason} for path, reason in each(error.detail)]
    reasons = [f"{fault['field']}: {fault['reason']}" if fault["field"] else fault["reason"] for fault in faults]
    return problems.as_json(Problem(400, "invalid", _("Some of this cannot be read."), reasons), errors=faults)


def each(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from each(inner, path if name == "non_field_errors" else step(path, name))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, (dict, list))
            yield from each(inner, f"{path}[{number}]" if nested else path)
    else:
        yield path, str(detail)


def step(path: str, name: str | int) -> str:
    """Further down: a field by its name, a row of a list by its place."""
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else name


def of_framework(error: exceptions.APIException) -> HttpResponseBase:
    code, title = TITLES.get(error.status_code, ("error", _("This did not work.")))
    reasons = [reason for _path, reason in each(error.detail)]
    wait = getattr(error, "wait", None)
    response = problems.as_json(
        Problem(error.status_code, code, str(title), reasons, retry_after=int(wait) + 1 if wait else None)
    )
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    return response
