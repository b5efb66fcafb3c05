"""What was ordered on a contract: releases, how far they burn it down, and where a price is not the agreed one."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from foundation.values.actor import Actor
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrderLine
from suppliers.contracts.models import Contract
from suppliers.contracts.rules import LOOKED_BACK, used_up_on

CALLED = [OrderState.ISSUED, OrderState.CLOSED]
MONEY = F("received") * F("contract_line__price")


@dataclass(frozen=True)
class Burn:
    """How far a contract is used up, in its currency and at its prices."""

    ceiling: Decimal | None
    called: Decimal
    used: Decimal
    """Of what was called: what has come."""
    used_up_on: date | None

    @property
    def committed(self) -> Decimal:
        """Called and still to come."""
        return max(self.called - self.used, Decimal(0))

    @property
    def left(self) -> Decimal | None:
        return None if self.ceiling is None else self.ceiling - self.called


def releases(contract: Contract, actor: Actor) -> QuerySet[PurchaseOrderLine]:
    """Lines of orders on this contract that the actor may see, the latest first."""
    rows = PurchaseOrderLine.objects.visible_to(actor).filter(contract_line__contract=contract)
    related = ("order", "item__base_unit", "contract_line")
    return rows.select_related(*related).order_by("-order_id", "number")


def burn(contract: Contract, *, on: date) -> Burn:
    """Two sums over everything called, whoever may see which order: a ceiling is one for all."""
    rows = PurchaseOrderLine.objects.everywhere(because="a ceiling is burnt down by every order").filter(
        contract_line__contract=contract, order__status__in=CALLED
    )
    used = rows.aggregate(sum=Sum(MONEY))["sum"] or Decimal(0)
    since = on - timedelta(days=LOOKED_BACK)
    net = F("ordered") - F("cancelled")
    lately = rows.filter(order__issued_at__date__gt=since)
    pace = lately.aggregate(sum=Sum(net * F("contract_line__price")))["sum"] or Decimal(0)
    end = None
    if contract.ceiling_amount is not None:
        left = contract.ceiling_amount - contract.called_amount
        span = {"starts_on": contract.starts_on, "ends_on": contract.ends_on}
        end = used_up_on(left=left, called_lately=pace, on=on, **span)
    return Burn(contract.ceiling_amount, contract.called_amount, used, end)
