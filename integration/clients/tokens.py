"""The token endpoint's rules, by oauthlib: client credentials (RFC 6749 section 4.4) for bearer tokens (RFC 6750)."""

import base64
import binascii
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_plus

from django.utils.timezone import now
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

from integration.clients.models import AccessToken, ApiClient, ClientSecret
from integration.clients.queries import valid
from integration.clients.secrets import digest, fresh

LIFETIME = timedelta(minutes=15)


class Rules(RequestValidator):
    """What oauthlib asks."""

    def client_authentication_required(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        return True

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """By the Authorization header or by the body, and never by both (section 2.3)."""
        in_header, in_body = (
            _basic(request.headers.get("Authorization", "")),
            (request.client_id, request.client_secret),
        )
        if in_header and request.client_secret:
            return False
        name, secret = in_header or in_body
        found = (
            ClientSecret.objects.filter(valid(now()), digest=digest(secret or ""), client__revoked_at=None)
            .select_related("client")
            .first()
        )
        if found is None or found.client.client_id != name:
            return False
        request.client, request.client_id, request.proved_by = found.client, name, found
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: ApiClient, *rest: Any, **kwargs: Any
    ) -> bool:
        return grant_type == "client_credentials"

    def validate_scopes(self, client_id: str, scopes: list[str], client: ApiClient, *rest: Any, **kwargs: Any) -> bool:
        return set(scopes) <= set(client.scopes)

    def get_default_scopes(self, client_id: str, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        return list(request.client.scopes)

    def save_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> None:
        """Kept as a digest; what has expired meanwhile goes."""
        at, secret = now(), request.proved_by
        AccessToken.objects.filter(secret__client=request.client, expires_at__lt=at).delete()
        AccessToken.objects.create(
            digest=digest(token["access_token"]), secret=secret, scopes=request.scopes, expires_at=at + LIFETIME
        )
        ClientSecret.objects.filter(pk=secret.pk).update(last_used_at=at)


SERVER = BackendApplicationServer(
    Rules(), token_generator=lambda request: fresh().text, token_expires_in=int(LIFETIME.total_seconds())
)


def _basic(header: str) -> tuple[str, str] | None:
    """Id and secret of ``Basic ...``, each of them form-encoded within (section 2.3.1)."""
    kind, _blank, said = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _colon, secret = base64.b64decode(said.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)
