"""Give a system access, move it to a new secret, take the access away."""

from datetime import datetime, timedelta

from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from integration.clients.events import ClientRegistered, ClientRevoked, SecretEnded, SecretMade
from integration.clients.models import OURS, AccessToken, ApiClient, ClientSecret
from integration.clients.queries import valid_secrets
from integration.clients.secrets import Fresh
from suppliers.suppliers.models import Supplier

MOST_SECRETS = 2
LONGEST_DAYS = 730


@verb
def register(
    *,
    name: str,
    supplier: Supplier | None,
    scopes: list[str],
    secret: Fresh,
    days: int,
    by: Actor,
    at: datetime,
    key: str,
) -> ApiClient:
    """A system may call from now on, with this secret, for so many days. Without a supplier it is one of ours."""
    if not scopes:
        raise Refused(_("Choose what the system may do."))
    if supplier is None and set(scopes) - set(OURS):
        raise Refused(_("A system of ours only brings messages: what else it should do is a supplier's to say."))
    client = ApiClient(
        name=name,
        client_id=f"{slugify(name)[:27] or 'system'}-{numbering.count('AC')}",
        supplier=supplier,
        scopes=scopes,
        created_at=at,
    )
    with deciding(client, by=by, key=key) as client:
        allow(by, "manage_partners")
        told = ClientRegistered(
            subject=client.subject, client_id=client.client_id, supplier_id=client.supplier_id, scopes=scopes
        )
        journal.record(told, at=at)
        _add(client, secret, days, at=at)
    return client


@verb
def make_secret(
    *, client: ApiClient, secret: Fresh, days: int, by: Actor, at: datetime, seen: int, key: str
) -> ApiClient:
    """A further secret beside the one in use: the system moves over, then the old one is ended."""
    with deciding(client, by=by, seen=seen, key=key) as client:
        allow(by, "manage_partners")
        if client.revoked_at:
            raise Refused(_("Its access was taken away: register it anew."))
        if len(valid_secrets(client, at)) >= MOST_SECRETS:
            raise Refused(_("Two secrets are valid already: end the one that is not used any more."))
        _add(client, secret, days, at=at)
    return client


@verb
def end_secret(*, client: ApiClient, hint: str, by: Actor, at: datetime, seen: int, key: str) -> ApiClient:
    """The secret counts no more, nor does any token that was given for it. ``hint``: its last four signs."""
    with deciding(client, by=by, seen=seen, key=key) as client:
        allow(by, "manage_partners")
        ended = client.secrets.filter(hint=hint, ended_at=None)
        if not ended:
            raise Refused(_("There is no such secret, or it has ended."))
        AccessToken.objects.filter(secret__in=ended).delete()
        ended.update(ended_at=at)
        journal.record(SecretEnded(subject=client.subject, client_id=client.client_id, hint=hint), at=at)
    return client


@verb
def revoke(*, client: ApiClient, reason: str, by: Actor, at: datetime, seen: int, key: str) -> ApiClient:
    """Nothing it shows counts any more, from this instant."""
    with deciding(client, by=by, seen=seen, key=key) as client:
        allow(by, "manage_partners")
        if client.revoked_at:
            raise Refused(_("Its access was taken away before."))
        if not reason.strip():
            raise Refused(_("Say why, for whoever asks later."))
        client.revoked_at = at
        AccessToken.objects.filter(secret__client=client).delete()
        told = ClientRevoked(subject=client.subject, client_id=client.client_id, reason=reason.strip())
        journal.record(told, at=at)
    return client


def _add(client: ApiClient, secret: Fresh, days: int, *, at: datetime) -> None:
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(_("A secret is valid for 1 to %(most)s days.") % {"most": LONGEST_DAYS})
    ClientSecret.objects.create(
        client=client, digest=secret.digest, hint=secret.hint, made_at=at, expires_at=at + timedelta(days=days)
    )
    journal.record(SecretMade(subject=client.subject, client_id=client.client_id, hint=secret.hint), at=at)
