"""Names of actors on a page, all looked up together.

While a page is written each actor leaves a mark; when it is complete, one query turns every mark into a name.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foundation.screens import directory


def named(request: HttpRequest | None, who: str) -> SafeString:
    """A mark for an actor; without a request, the name itself."""
    if request is None:
        return mark_safe(escape(directory.names_of([who])[who]))
    marks: dict[str, Any] = request.__dict__.setdefault("named", {"seal": get_random_string(12), "actors": set()})
    marks["actors"].add(who)
    return mark_safe(f"[{marks['seal']}|{escape(who)}]")


def fill_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Turn the marks of this request into names."""
    marks = request.__dict__.get("named")
    if not marks or response.streaming:
        return response
    names: dict[str, str] = {escape(who): escape(name) for who, name in directory.names_of(marks["actors"]).items()}
    pattern = re.compile(rf"\[{marks['seal']}\|([^\]]*)\]".encode())
    response.content = pattern.sub(lambda found: names[found[1].decode()].encode(), response.content)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    return response
