"""Exceptions as other documents' pages show them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.screens.policy import policy
from foundation.screens.requests import Request
from foundation.subjects.registry import numbered
from governance.cases import queries

MOST = 20


@require_GET
@policy("see_case")
def about(request: Request, number: str, label: str) -> HttpResponse:
    """The cases about one document that this person may see, whether or not the document itself is in reach."""
    subject = numbered(label, number)
    found = list(queries.cases_about(subject, request.actor)[:MOST]) if subject else []
    return render(request, "governance/cases/panel.html", {"cases": found})
