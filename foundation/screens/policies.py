"""Every route has a policy, or nothing starts."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from foundation.screens.policy import admits
from foundation.values.actor import Actor

EXEMPT: set[str] = set()
"""Dotted names of views of others that cannot carry a policy; each is listed by hand with its reason."""


def routes(urlconf: Any = None) -> Iterator[tuple[str, URLPattern]]:
    """Every route of the URLconf with its full pattern."""
    yield from _walk(get_resolver(urlconf or settings.ROOT_URLCONF).url_patterns, "")


def _walk(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, address)
        else:
            yield address, pattern


def policy_of(view: Any) -> tuple[str, ...] | None:
    """What a view declares: a function by itself, a viewset by its class."""
    return getattr(view, "policy", None) or getattr(getattr(view, "cls", None), "policy", None)


def opens(actor: Actor | None, address: str) -> bool:
    """Whether the page at an address would let this actor in."""
    return admits(actor, policy_of(resolve(address).func) or ())


def undeclared(urlconf: Any = None) -> list[str]:
    """Routes that say nothing about who may come in."""
    return [
        f"/{address} ({name_of(pattern.callback)})"
        for address, pattern in routes(urlconf)
        if policy_of(pattern.callback) is None and name_of(pattern.callback) not in EXEMPT
    ]


def name_of(view: Any) -> str:
    owner = getattr(view, "cls", None) or getattr(view, "view_class", None) or view
    return f"{owner.__module__}.{getattr(owner, '__qualname__', type(owner).__name__)}"


def check(**_kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"No policy on {route}.", hint='Write @policy("see_...") above the view.', id="countersign.E001")
        for route in undeclared()
    ]


def insist() -> None:
    """Called by the web process: better no server than an unguarded door."""
    if missing := undeclared():
        raise ImproperlyConfigured("These routes have no policy: " + ", ".join(missing))
