"""What can be asked about contracts: which there are, and how far they are used up."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import NullIf

from foundation.values.actor import Actor
from suppliers.contracts.lifecycle import LADDER, ContractState
from suppliers.contracts.models import Contract, ContractLine


def contract_rows(actor: Actor) -> QuerySet[Contract]:
    """For lists and pages: with names, and the share of the ceiling that is called."""
    used = F("called_amount") / NullIf(F("ceiling_amount"), Value(Decimal(0)))
    return Contract.objects.visible_to(actor).select_related("supplier__party", "entity").annotate(used_share=used)


def contract_lines(contract: Contract) -> list[ContractLine]:
    return list(contract.lines.select_related("item__base_unit").order_by("item__sku"))


def running_out(on: date) -> QuerySet[Contract]:
    """In force, and near an end that was not told of in full."""
    rows = Contract.objects.everywhere(because="the clock looks at every contract")
    rows = rows.filter(status=ContractState.ACTIVE, ends_on__gte=on, ends_on__lte=on + timedelta(days=LADDER[0]))
    untold = Q(reminded_days=None) | Q(reminded_days__gt=LADDER[-1])
    return rows.filter(untold).select_related("supplier__party").order_by("ends_on", "pk")
