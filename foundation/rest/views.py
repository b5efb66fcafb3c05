"""The API's description: for machines as JSON, for people as a page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator

from foundation.screens.policy import policy

METHODS = ("get", "post", "put", "patch", "delete")


class SessionScheme(OpenApiAuthenticationExtension):
    """How the description names our way of signing in."""

    target_class = "foundation.rest.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def schema(request: HttpRequest) -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


@require_GET
@policy(policy.SIGNED_IN)
def schema_file(request: HttpRequest) -> HttpResponse:
    return JsonResponse(schema(request))


@require_GET
@policy(policy.SIGNED_IN)
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation on one page, readable without JavaScript."""
    described = schema(request)
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, methods in described.get("paths", {}).items():
        for method in METHODS:
            if operation := methods.get(method):
                tag = (operation.get("tags") or ["api"])[0]
                groups.setdefault(tag, []).append({**operation, "method": method.upper(), "address": address})
    return render(request, "api/reference.html", {"groups": sorted(groups.items())})
