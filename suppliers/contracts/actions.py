"""What can be done with contracts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.screens import shown
from foundation.values.actor import Actor
from foundation.values.exact import plain
from governance.cases import actions as cases
from organization.entities.models import LegalEntity
from organization.items.models import Item
from suppliers.contracts.events import ContractActivated, ContractDrafted, ContractEnded, ContractRunsOut
from suppliers.contracts.lifecycle import LADDER, ContractState
from suppliers.contracts.models import Contract, ContractKind, ContractLine
from suppliers.suppliers.ladders import rung
from suppliers.suppliers.models import Supplier

CASE, CAUSE = "contract", "ends"
CALL = """
with said as materialized (select * from unnest(%s::bigint[], %s::numeric[]) as u(id, quantity)),
held as materialized (
  select id from suppliers_contractline where id in (select id from said) order by id for no key update),
called as (
  update suppliers_contractline l set called_quantity = l.called_quantity + said.quantity
  from said join held on held.id = said.id where l.id = said.id
  returning l.contract_id, said.quantity * l.price as amount)
update suppliers_contract k set called_amount = k.called_amount + s.amount
from (select contract_id, sum(amount) as amount from called group by 1 order by 1) s where k.id = s.contract_id"""
"""Lines are held in the order of their keys, and only what is held is written."""


def call_off(quantities: Mapping[int, Decimal]) -> None:
    """Burn down contract lines by base units ordered; negative gives back. Counters, like a budget's figures.

    Refused when a release would go beyond what a blanket order allows: its rows are held, so the sums are true.
    """
    if not quantities:
        return
    ids = sorted(quantities)
    with connection.cursor() as cursor:
        cursor.execute(CALL, [ids, [quantities[i] for i in ids]])
    if any(quantity > 0 for quantity in quantities.values()):
        _within(ids)


def _within(ids: list[int]) -> None:
    rows = ContractLine.objects.everywhere(because="what is released is held against its ceilings")
    blanket = rows.filter(pk__in=ids, contract__kind=ContractKind.BLANKET).select_related("contract", "item")
    for line in blanket.order_by("pk"):
        said = {"number": line.contract.number, "item": line.item.sku}
        if line.ceiling_quantity is not None and line.called_quantity > line.ceiling_quantity:
            over = line.called_quantity - line.ceiling_quantity
            why = _("%(number)s allows %(most)s of %(item)s: this release is %(over)s too much.")
            raise Refused(why % (said | {"most": plain(line.ceiling_quantity), "over": plain(over)}))
        most = line.contract.ceiling_amount
        if most is not None and line.contract.called_amount > most:
            over = line.contract.called_amount - most
            why = _("%(number)s allows %(most)s in all: this release is %(over)s too much.")
            raise Refused(
                why
                % (
                    said
                    | {
                        "most": shown.money(most, line.contract.currency),
                        "over": shown.money(over, line.contract.currency),
                    }
                )
            )


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """One line of a contract: the price of one base unit, and how much of it at most (None is without end)."""

    item: Item
    price: Decimal
    ceiling_quantity: Decimal | None = None


@verb
def draft(
    *,
    supplier: Supplier,
    entity: LegalEntity,
    title: str,
    currency: str,
    starts_on: date,
    ends_on: date,
    agreed: Iterable[Agreed],
    ceiling_amount: Decimal | None = None,
    kind: str = ContractKind.PRICES,
    by: Actor,
    at: datetime,
    key: str,
) -> Contract:
    """Write down what was agreed; prices count once it is in force."""
    agreed = list(agreed)
    if ends_on < starts_on:
        raise Refused(_("The contract ends before it begins."))
    if not agreed:
        raise Refused(_("A contract agrees on at least one item."))
    if len({line.item.pk for line in agreed}) < len(agreed):
        raise Refused(_("An item stands in the contract twice."))
    contract = Contract(
        number=numbering.take("CON", entity.code, starts_on),
        title=title,
        kind=kind,
        supplier=supplier,
        entity=entity,
        currency=currency,
        starts_on=starts_on,
        ends_on=ends_on,
        ceiling_amount=ceiling_amount,
    )
    allow(by, "edit_contract", contract)
    with deciding(contract, by=by, key=key) as contract:
        ContractLine.objects.bulk_create(
            ContractLine(contract=contract, item=x.item, price=x.price, ceiling_quantity=x.ceiling_quantity)
            for x in agreed
        )
        said = [[x.item.sku, x.price, x.ceiling_quantity] for x in agreed]
        event = ContractDrafted(
            subject=contract.subject,
            number=contract.number,
            supplier_id=supplier.pk,
            ceiling=ceiling_amount,
            lines=said,
        )
        journal.record(event, at=at)
    return contract


@verb
def activate(*, contract: Contract, by: Actor, at: datetime, seen: int, key: str) -> Contract:
    """From now on its prices count. Refused while another contract agrees on one of its items for the same days."""
    with deciding(contract, by=by, seen=seen, key=key) as contract:
        allow(by, "edit_contract", contract)
        _alone(contract)
        move(contract.activate)
        journal.record(ContractActivated(subject=contract.subject, number=contract.number), at=at)
    return contract


def _alone(contract: Contract) -> None:
    others = ContractLine.objects.everywhere(because="two prices at once are none").filter(
        item__in=contract.lines.values("item"),
        contract__supplier=contract.supplier_id,
        contract__entity=contract.entity_id,
        contract__status=ContractState.ACTIVE,
        contract__starts_on__lte=contract.ends_on,
        contract__ends_on__gte=contract.starts_on,
    )
    if other := others.exclude(contract=contract).select_related("contract", "item").first():
        said = {"number": other.contract.number, "item": other.item.sku}
        raise Refused(_("%(number)s agrees on %(item)s for these days already: end it first.") % said)


@verb
def tell_end(*, contract: Contract, on: date, by: Actor, at: datetime, key: str) -> Contract:
    """One rung of the ladder before its end: a case asks from the first one on, for prices fall back to the list."""
    with deciding(contract, by=by, key=key) as contract:
        counts = contract.status == ContractState.ACTIVE
        days = rung(until=contract.ends_on, on=on, told=contract.reminded_days, ladder=LADDER) if counts else None
        if days is None:
            raise Refused(_("There is nothing to tell."))
        contract.reminded_days = days
        _open_case(contract, on, by=by, at=at)
        journal.record(ContractRunsOut(subject=contract.subject, number=contract.number, days=days), at=at)
    return contract


def _open_case(contract: Contract, on: date, *, by: Actor, at: datetime) -> None:
    said = {"number": contract.number, "days": (contract.ends_on - on).days, "day": contract.ends_on.isoformat()}
    cases.open_(
        kind=CASE,
        about=contract,
        about_title=f"{contract.number}: {contract.supplier.party.name}",
        about_url=f"/suppliers/contracts/{contract.number}/",
        cause=CAUSE,
        summary=_("%(number)s ends on %(day)s, in %(days)s days. Renew it, or prices fall back to the list.") % said,
        entity_id=contract.entity_id,
        site_id=None,
        supplier_id=contract.supplier_id,
        stake=contract.called_amount,
        currency=contract.currency,
        facts={},
        by=by,
        at=at,
    )


@verb
def end(*, contract: Contract, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Contract:
    """Its prices count no longer; what was ordered at them stays."""
    with deciding(contract, by=by, seen=seen, key=key) as contract:
        allow(by, "edit_contract", contract)
        if not reason.strip():
            raise Refused(_("Say why it ends."))
        move(contract.end)
        cases.auto_resolve(kind=CASE, about=contract.subject, cause=CAUSE, by=by, at=at)
        event = ContractEnded(subject=contract.subject, number=contract.number, reason=reason.strip())
        journal.record(event, at=at)
    return contract
