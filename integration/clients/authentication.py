"""Who calls with a bearer token."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from foundation.values.actor import Actor
from integration.clients.models import AccessToken, ApiClient, Scope
from integration.clients.queries import actor_of
from integration.clients.secrets import digest


@dataclass(frozen=True)
class Caller:
    """Stands where the framework wants a user: calls are counted by its key."""

    pk: str
    is_authenticated: bool = True


@dataclass(frozen=True)
class Access:
    """What one token lets one system do."""

    client: ApiClient
    scopes: frozenset[str]
    actor: Actor


class BearerAuthentication(BaseAuthentication):
    """A token that nobody knows, that has expired or whose secret has ended is answered with 401, and not with why."""

    def authenticate(self, request: Request) -> tuple[Caller, Access] | None:
        kind, _blank, said = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        at = now()
        token = (
            AccessToken.objects.filter(
                digest=digest(said.strip()),
                expires_at__gt=at,
                secret__ended_at=None,
                secret__expires_at__gt=at,
                secret__client__revoked_at=None,
            )
            .select_related("secret__client__supplier__party")
            .first()
        )
        if token is None:
            raise AuthenticationFailed(_("The token is not valid, or not any more: ask for a new one."))
        client = token.secret.client
        scopes = sorted(set(token.scopes) & set(client.scopes))
        return Caller(f"client-{client.pk}"), Access(client, frozenset(scopes), actor_of(client, scopes))

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="countersign"'


class BearerScheme(OpenApiAuthenticationExtension):
    """How the description names it."""

    target_class = "integration.clients.authentication.BearerAuthentication"
    name = "oauth2"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scopes = {scope.value: str(scope.label) for scope in Scope}
        return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth/token/", "scopes": scopes}}}
