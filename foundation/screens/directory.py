"""What pages must know about people, answered by the package that has them: names, verbs, sign-in, proof.

Nothing above is imported here; organization says ``directory.provide(...)`` once.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from foundation.values.actor import Actor

Names = Callable[[set[str]], dict[str, str]]
Granters = Callable[[str], list[str]]
Holders = Callable[[Actor, str], list[tuple[str, str]]]
Ask = Callable[[HttpRequest], HttpResponse]

_known: dict[str, Any] = {}


def provide(*, names: Names, granters: Granters, holders: Holders, sign_in: Ask, prove: Ask) -> None:
    """``names({"person:3"})`` -> {"person:3": "Anna Vos"}, ``granters("issue_order")`` -> names of who can grant it,
    ``holders(actor, "billing")`` -> name and mail address of his colleagues who hold a role of the portal,
    ``sign_in(request)`` answers a POST whose session has ended, ``prove(request)`` one that wants a fresh proof; both
    keep what was typed."""
    _known.update(names=names, granters=granters, holders=holders, sign_in=sign_in, prove=prove)


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Names by actor ("person:3"), in one query; whoever is unknown is shown by key."""
    wanted = set(actors)
    if not wanted:
        return {}
    found = _known["names"](wanted) if "names" in _known else {}
    return {actor: found.get(actor) or actor.partition(":")[2] or actor for actor in wanted}


def who_can_grant(verb: str) -> list[str]:
    return _known["granters"](verb) if "granters" in _known else []


def who_holds(actor: Actor, role: str) -> list[tuple[str, str]]:
    """Name and mail address of the colleagues of a supplier's person who hold a role of the portal."""
    return _known["holders"](actor, role) if "holders" in _known else []


def portal_roles_of(actor: Actor) -> frozenset[str]:
    """The roles that a supplier's person holds in the portal, as this request found them."""
    return actor.kept.get("portal_roles", frozenset())


def verbs_of(actor: Actor) -> set[str] | None:
    """Every verb the actor holds somewhere, if the request brought them along; None means: ask one by one."""
    return actor.kept.get("verbs")


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if "sign_in" in _known:
        return _known["sign_in"](request)
    return HttpResponseRedirect(settings.LOGIN_URL)


def ask_to_prove(request: HttpRequest) -> HttpResponse:
    if "prove" in _known:
        return _known["prove"](request)
    return HttpResponseRedirect(settings.STEP_UP_URL)
