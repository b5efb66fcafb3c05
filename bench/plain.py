"""What Django alone can do here: the ceiling that our pages are compared with. No actor, no scope, no frame."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

PAGE = """<!doctype html><title>Tasks</title><table>{% for row in rows %}<tr><td><a href="{{ row.url }}">{{ row.title }}
</a></td><td>{{ row.requester }}</td><td>{{ row.role }} {{ row.place }}</td><td>{{ row.amount }} {{ row.currency }}</td>
<td>{{ row.due_at }}</td><td>{{ row.asked_at }}</td></tr>{% endfor %}</table>"""


def fine(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def one(_request: HttpRequest, pk: int) -> HttpResponse:
    """One indexed select."""
    from organization.people.models import Person

    return HttpResponse(Person.objects.values_list("name", flat=True).get(pk=pk))


def tasks(_request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of an inbox in one query, through one template."""
    from django.utils.timezone import now

    from governance.approvals import queries

    page = kept.setdefault("page", engines["django"].from_string(PAGE))
    return HttpResponse(page.render({"rows": queries.inbox(pk, at=now())}))


kept: dict[str, Any] = {}
urlpatterns = [path("sign-in/", fine), path("one/<int:pk>/", one), path("tasks/<int:pk>/", tasks)]


def application(environ: dict[str, Any], start_response: Any) -> Any:
    if "handler" not in kept:
        django.setup(set_prefix=False)  # which looks whether the middleware that packages want is named
        settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
        kept["handler"] = WSGIHandler()
    return kept["handler"](environ, start_response)
