"""What Django itself gives up on: the root URLconf names these as its handlers."""

import logging
import sys
from typing import Any

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse

from foundation.screens import problems
from foundation.screens.policy import NotAllowed

log = logging.getLogger("countersign.defects")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    error = exception if isinstance(exception, BadRequest) else BadRequest()
    return problems.answer(request, problems.bad_request(error))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    error = exception if isinstance(exception, NotAllowed) else NotAllowed(())
    return problems.answer(request, problems.not_allowed(error))


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problems.answer(request, problems.missing(Http404()))


def broken(request: HttpRequest, *_args: Any) -> HttpResponse:
    """A defect of ours, or a database that is away; the page asks nothing of the database."""
    error = sys.exc_info()[1]
    problem = problems.unavailable() if isinstance(error, OperationalError) else problems.broken()
    if problem.reference:
        log.error("Reference %s: %s %s", problem.reference, request.method, request.path)
    return problems.answer(request, problem, alone=True)
