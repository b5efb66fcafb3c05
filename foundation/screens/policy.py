"""Who may come in. Every view says it; a route that does not keeps the server from starting (policies.py).

@policy("see_order")                        one verb
@policy("issue_order", "cancel_order")      any of them
@policy(policy.SIGNED_IN)                   anybody internal who is signed in
@policy(policy.SUPPLIER)                    a supplier's person, in the portal
@policy(PortalRole.BILLING)                 one who holds that role there; of several, any
@policy(policy.CLIENT)                      a system that has a token (integration/clients), by the scopes it was given
@policy(policy.PUBLIC)                      everybody
"""

import functools
from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from foundation.scopes.permissions import may
from foundation.scopes.verbs import label, of_the_house
from foundation.screens import directory
from foundation.screens.requests import path_of
from foundation.values.actor import CLIENT, PERSON, SUPPLIER, Actor
from foundation.values.portal_roles import PortalRole, in_order

View = TypeVar("View", bound=Callable[..., Any])


class NotAllowed(PermissionDenied):
    """The person is known but holds none of the verbs anywhere."""

    def __init__(self, verbs: tuple[str, ...]) -> None:
        self.verbs = verbs
        super().__init__(", ".join(label(verb) for verb in verbs))


class RoleLacking(PermissionDenied):
    """A supplier's person is known but holds none of the roles; ``roles`` are those of which any would do."""

    def __init__(self, actor: Actor, roles: list[str]) -> None:
        self.actor, self.roles = actor, roles
        super().__init__(", ".join(roles))


class Policy:
    """The decorator and the names of what is not a verb."""

    PUBLIC: Final = "anybody"
    SIGNED_IN: Final = "signed in"
    SUPPLIER: Final = "a supplier's person"
    CLIENT: Final = "a system with a token"

    def __call__(self, *allowed: str) -> Callable[[View], View]:
        """Mark a view function, a viewset or one of its methods; a function is also guarded here and now."""
        if not allowed:
            raise TypeError("A policy names a verb, policy.SIGNED_IN, policy.SUPPLIER, policy.CLIENT or policy.PUBLIC.")

        def mark(view: View) -> View:
            if isinstance(view, type) or getattr(view, "mapping", None) is not None:
                view.policy = allowed  # type: ignore[attr-defined]  # guarded by foundation.rest.viewsets
                return view

            @functools.wraps(view)
            def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
                refusal = refuse(request, allowed)
                return refusal if refusal is not None else view(request, *args, **kwargs)

            guarded.policy = allowed  # type: ignore[attr-defined]
            return guarded  # type: ignore[return-value]

        return mark


policy = Policy()
WORDS = (policy.SIGNED_IN, policy.SUPPLIER, policy.CLIENT, *PortalRole.values)
"""What stands in a policy and is no verb."""


def admits(actor: Actor | None, allowed: tuple[str, ...]) -> bool:
    """Whether an actor passes. Verbs are for internal people: a supplier's person passes only where he or a role of
    his is named, and so does a system."""
    if policy.PUBLIC in allowed:
        return True
    if actor is None:
        return False
    if actor.kind == SUPPLIER:
        return policy.SUPPLIER in allowed or not directory.portal_roles_of(actor).isdisjoint(allowed)
    if actor.kind == CLIENT:
        return policy.CLIENT in allowed
    if actor.kind == PERSON and policy.SIGNED_IN in allowed:
        return True
    return any(holds(actor, verb) for verb in allowed if verb not in WORDS)


def holds(actor: Actor, verb: str) -> bool:
    """Whether the actor holds ``verb`` anywhere; one query answers for all verbs of a request."""
    held = directory.verbs_of(actor)
    if held is None or (verb in held and verb in of_the_house):
        return may(actor, verb)
    return verb in held


def refuse(request: HttpRequest, allowed: tuple[str, ...]) -> HttpResponse | None:
    """The way to sign-in, a 403 by exception, or None to go on."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if admits(actor, allowed):
        return None
    if actor is None:
        return to_sign_in(request)
    if actor.kind == SUPPLIER and (roles := in_order(allowed)):
        raise RoleLacking(actor, roles)
    raise NotAllowed(tuple(verb for verb in allowed if verb not in WORDS))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """GET comes back here after signing in; htmx is told to leave the page; what was posted is asked for again."""
    if request.headers.get("HX-Request"):
        here = request.headers.get("HX-Current-URL", "/")
        address = f"{settings.LOGIN_URL}?{urlencode({'next': path_of(here)})}"
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if request.method == "POST":
        return directory.ask_to_sign_in(request)
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
