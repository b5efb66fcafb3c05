"""Questions to what was agreed."""

from django.db.models import QuerySet

from foundation.scopes.reach import Reach, reach
from foundation.values.actor import CLIENT, Actor
from integration.clients import queries as clients
from integration.partners import sealing
from integration.partners.models import PartnerSecret, TradingPartner, Whose


def partner_rows() -> QuerySet[TradingPartner]:
    return TradingPartner.objects.select_related("supplier__party")


def partner_at(address: str) -> TradingPartner | None:
    return partner_rows().filter(address=address).first() if address else None


def getting(supplier_id: int, what: str) -> list[TradingPartner]:
    """Whose systems are sent this kind of document."""
    return list(partner_rows().filter(supplier_id=supplier_id, gets__contains=[what]).order_by("pk"))


def asks_secret(partner: TradingPartner) -> list[str]:
    """The digests of the secrets that may prove its messages; none: no secret was agreed."""
    return [one.digest for one in partner.secrets.all() if one.whose == Whose.THEIRS and one.ended_at is None]


def our_secret(partner: TradingPartner) -> str:
    """The newest of ours, or nothing."""
    ours = PartnerSecret.objects.filter(partner=partner, whose=Whose.OURS, ended_at=None).order_by("-made_at").first()
    return sealing.unseal(ours.sealed) if ours else ""


def may_bring(by: Actor, address: str) -> bool:
    """Whether whoever brings a message may bring this sender's: all, or those of his own suppliers."""
    held = reach_of(by)
    if held.is_everything or not any(row["supplier"] for row in held.rows):
        return bool(held)
    partner = partner_at(address)
    own = {row["supplier"] for row in held.rows}
    return partner is not None and (None in own or partner.supplier_id in own)


def reach_of(by: Actor) -> Reach:
    """What he may bring, looked up anew where only his key is known."""
    if by.kind == CLIENT and "scopes" not in by.kept:
        by = clients.known_again(by)
    return reach(by, "deliver_message")
