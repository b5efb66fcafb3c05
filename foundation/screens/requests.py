"""What a request says about how it wants to be answered."""

from typing import Any

from django.http import HttpRequest

from foundation.values.actor import Actor


class Request(HttpRequest):
    """What a view behind a policy gets, for its annotation: the actor is there. (Public pages may have none.)"""

    actor: Actor
    user: Any


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page. A boosted visit or one from the history asks for all of it."""
    headers = request.headers
    whole = headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request")
    return bool(headers.get("HX-Request")) and not whole


def typed(request: HttpRequest, name: str = "reason", *, most: int = 200) -> str:
    """One short text of a page that needs no form: at most ``most`` characters, without the NUL no column takes."""
    return request.POST.get(name, "")[:most].replace("\x00", "")


def path_of(address: str) -> str:
    """The path and query of an address, without its host; never one that leads to another host."""
    if "://" in address:
        address = "/" + address.partition("://")[2].partition("/")[2]
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def parent(path: str) -> str:
    """``/orders/PO-1/issue/`` -> ``/orders/PO-1/``."""
    head = path.rstrip("/").rpartition("/")[0]
    return f"{head}/" if head else "/"


def is_our_own(request: HttpRequest) -> bool:
    """Whether the browser says that the request comes from one of our own pages."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
