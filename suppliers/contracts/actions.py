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
from foundation.values.actor import Actor
from organization.entities.models import LegalEntity
from organization.items.models import Item
from suppliers.contracts.events import ContractActivated, ContractDrafted, ContractEnded
from suppliers.contracts.lifecycle import ContractState
from suppliers.contracts.models import Contract, ContractLine
from suppliers.suppliers.models import Supplier

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
    """Burn down contract lines by base units ordered; negative gives back. Counters, like a budget's figures."""
    if not quantities:
        return
    ids = sorted(quantities)
    with connection.cursor() as cursor:
        cursor.execute(CALL, [ids, [quantities[i] for i in ids]])


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
def end(*, contract: Contract, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Contract:
    """Its prices count no longer; what was ordered at them stays."""
    with deciding(contract, by=by, seen=seen, key=key) as contract:
        allow(by, "edit_contract", contract)
        if not reason.strip():
            raise Refused(_("Say why it ends."))
        move(contract.end)
        event = ContractEnded(subject=contract.subject, number=contract.number, reason=reason.strip())
        journal.record(event, at=at)
    return contract
