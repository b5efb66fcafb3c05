"""A supplier's system with access, and how it calls."""

import json
from typing import Any

from django.test import Client

from integration.clients import actions as clients
from integration.clients import secrets
from integration.clients.models import ApiClient, Scope
from suppliers.suppliers.models import Supplier
from tests.scene import NOW, SETUP, key

EVERYTHING = [scope.value for scope in Scope]


def system(supplier: Supplier | None, scopes: list[str] = EVERYTHING, **more: Any) -> tuple[ApiClient, str]:
    """A client and its secret. Secrets run by the real clock, so the day of the story is not asked."""
    secret = secrets.fresh()
    how = {"name": "Their SAP", "days": 730, "by": SETUP, "at": NOW, "key": key()} | more
    return clients.register(supplier=supplier, scopes=scopes, secret=secret, **how), secret.text


class Caller:
    """Speaks with a token, or with none."""

    def __init__(self, token: str = "") -> None:
        self.client, self.token = Client(raise_request_exception=False), token

    @classmethod
    def of(cls, supplier: Supplier | None, scopes: list[str] = EVERYTHING) -> "Caller":
        made, secret = system(supplier, scopes)
        return cls(asked(made.client_id, secret).json()["access_token"])

    def headers(self, **more: str) -> dict[str, str]:
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | more

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers())

    def post(self, path: str, body: Any, *, under: str = "", **more: Any) -> Any:
        headers = self.headers(**{"Idempotency-Key": under or key()})
        how = {"content_type": "application/json"} | more
        raw = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(f"/api/v1/{path}", raw, headers=headers, **how)


def asked(client_id: str, secret: str, **said: str) -> Any:
    """The token endpoint's answer to an id and a secret in the body."""
    body = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret} | said
    return Client().post("/oauth/token/", body)
