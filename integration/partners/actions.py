"""Agree with a supplier's system, change what was agreed, change the secrets."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours, allow
from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from integration.clients.secrets import Fresh
from integration.partners import sealing, targets
from integration.partners.events import AgreementChanged, PartnerNamed, PartnerSecretEnded, PartnerSecretMade
from integration.partners.models import CANNOT_SAY, Gets, PartnerSecret, Syntax, TradingPartner, Way, Whose
from suppliers.suppliers.models import Supplier

MOST_SECRETS = 2
SHORTEST_SECRET = 8
TERMS = ("own_address", "syntax", "release", "is_test", "sends", "gets", "way", "target", "answers_within_hours")


@verb
def agree(
    *,
    supplier: Supplier,
    address: str,
    own_address: str,
    syntax: str,
    by: Actor,
    at: datetime,
    key: str,
    terms: dict[str, Any] | None = None,
) -> TradingPartner:
    """A supplier's system talks to us under this address, to that one of ours. It counts for the whole house."""
    if not (reach(by, "work_message").is_everything or reach(by, "manage_partners").is_everything):
        raise NotYours("manage_partners")
    terms = _checked({"own_address": own_address, "syntax": syntax} | (terms or {}))
    with opening(by=by, key=key):  # a repeat is answered before its address would be found taken
        if TradingPartner.objects.filter(address=address).exists():
            raise Refused(_("The address %(address)s is agreed with somebody already.") % {"address": address})
        return name(supplier=supplier, address=address, **terms, by=by, at=at)


def name(*, supplier: Supplier, address: str, by: Actor, at: datetime, **terms: Any) -> TradingPartner:
    """The row and its entry, within a turn that somebody opened who may."""
    partner = TradingPartner(supplier=supplier, address=address, **terms)
    with deciding(partner, by=by) as partner:
        told = PartnerNamed(subject=partner.subject, address=address, supplier_id=supplier.pk)
        journal.record(told, at=at)
    return partner


@verb
def change(
    *, partner: TradingPartner, terms: dict[str, Any], by: Actor, at: datetime, seen: int, key: str
) -> TradingPartner:
    """Another agreement from now on; what was sent stays as it was sent."""
    with deciding(partner, by=by, seen=seen, key=key) as partner:
        allow(by, "manage_partners")
        for name, value in _checked(terms).items():
            setattr(partner, name, value)
        journal.record(AgreementChanged(subject=partner.subject, address=partner.address), at=at)
    return partner


@verb
def keep_secret(
    *, partner: TradingPartner, whose: str, secret: Fresh, by: Actor, at: datetime, seen: int, key: str
) -> TradingPartner:
    """A further secret. Of theirs two count while they move over; of ours the newest is said."""
    with deciding(partner, by=by, seen=seen, key=key) as partner:
        allow(by, "manage_partners")
        if len(secret.text) < SHORTEST_SECRET:
            raise Refused(_("A secret has at least %(n)s characters.") % {"n": SHORTEST_SECRET})
        if partner.secrets.filter(whose=whose, ended_at=None).count() >= MOST_SECRETS:
            raise Refused(_("Two secrets are valid already: end the one that is not used any more."))
        PartnerSecret.objects.create(
            partner=partner,
            whose=whose,
            digest=secret.digest,
            sealed=sealing.seal(secret.text) if whose == Whose.OURS else "",
            hint=secret.hint,
            made_at=at,
        )
        told = PartnerSecretMade(subject=partner.subject, address=partner.address, whose=whose, hint=secret.hint)
        journal.record(told, at=at)
    return partner


@verb
def end_secret(*, partner: TradingPartner, secret: int, by: Actor, at: datetime, seen: int, key: str) -> TradingPartner:
    """It counts no more, and is said no more."""
    with deciding(partner, by=by, seen=seen, key=key) as partner:
        allow(by, "manage_partners")
        found = partner.secrets.filter(pk=secret, ended_at=None).first()
        if found is None:
            raise Refused(_("There is no such secret, or it has ended."))
        found.ended_at, found.sealed = at, ""
        found.save(update_fields=["ended_at", "sealed"])
        journal.record(PartnerSecretEnded(subject=partner.subject, address=partner.address, hint=found.hint), at=at)
    return partner


def _checked(terms: dict[str, Any]) -> dict[str, Any]:
    """What is to be sent needs words for it, an address of ours to send from and a place to send to."""
    lacking = CANNOT_SAY.get(terms["syntax"], set()) & set(terms.get("gets", []))
    for one in sorted(lacking):
        said = {"syntax": Syntax(terms["syntax"]).label, "what": Gets(one).label}
        raise Refused(_("%(syntax)s has no message of ours for this: %(what)s. Leave it out.") % said)
    if terms.get("way", Way.NONE) != Way.NONE:
        if not terms.get("own_address"):
            raise Refused(_("Say under which address we send to them."))
        targets.check(terms["way"], terms.get("target", ""))
    return {name: value for name, value in terms.items() if name in TERMS}
