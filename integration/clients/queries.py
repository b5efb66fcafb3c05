"""Which systems have access, and who speaks when one calls."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet

from foundation.scopes.reach import DIMENSIONS
from foundation.values.actor import CLIENT, Actor
from integration.clients.models import ApiClient, ClientSecret, Scope

VERBS = {Scope.DELIVER: ("deliver_message", "see_message"), Scope.READ_ORDERS: ("see_order",)}
"""What a scope lets a system reach of its supplier's own; what it writes is asked for by scope alone."""
ALWAYS = ("see_supplier",)
"""What it sent itself."""


def client_rows() -> QuerySet[ApiClient]:
    return ApiClient.objects.select_related("supplier__party").annotate(last_used_at=Max("secrets__last_used_at"))


def valid(at: datetime) -> Q:
    return Q(ended_at=None, expires_at__gt=at)


def valid_secrets(client: ApiClient, at: datetime) -> list[ClientSecret]:
    return list(client.secrets.filter(valid(at)).order_by("made_at"))


def actor_of(client: ApiClient, scopes: list[str]) -> Actor:
    """Whoever speaks through the system, with the reach that these scopes give: its supplier's own and no further."""
    actor = Actor(CLIENT, client.client_id)
    verbs = [verb for scope in scopes for verb in VERBS.get(Scope(scope), ())]
    where = dict.fromkeys(DIMENSIONS) | {"supplier": client.supplier_id}
    actor.kept["scopes"] = [where | {"verbs": [*verbs, *ALWAYS]}]
    return actor


def known_again(actor: Actor) -> Actor:
    """A system that is known by its key alone, with the reach that it was given."""
    client = ApiClient.objects.filter(client_id=actor.key).first()
    return actor if client is None else actor_of(client, client.scopes)
