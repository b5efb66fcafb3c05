"""What can be asked about contracts: which there are, and how far they are used up."""

from decimal import Decimal

from django.db.models import F, QuerySet, Value
from django.db.models.functions import NullIf

from foundation.values.actor import Actor
from suppliers.contracts.models import Contract, ContractLine


def contract_rows(actor: Actor) -> QuerySet[Contract]:
    """For lists and pages: with names, and the share of the ceiling that is called."""
    used = F("called_amount") / NullIf(F("ceiling_amount"), Value(Decimal(0)))
    return Contract.objects.visible_to(actor).select_related("supplier__party", "entity").annotate(used_share=used)


def contract_lines(contract: Contract) -> list[ContractLine]:
    return list(contract.lines.select_related("item__base_unit").order_by("item__sku"))
