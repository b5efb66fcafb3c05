"""What demand tells the authority matrix (governance/authority/knowing.py)."""

from datetime import datetime

from django.db.models import F

from fulfillment.demand.models import DemandLine
from governance.authority.facts import CustomerCommitment
from governance.authority.knowing import Need, register, worst


@register("customer_commitment")
def commitment(needs: list[Need], at: datetime) -> str:
    """Whether a customer waits for an item at the site, and whether his date lies before the goods are needed by."""
    needed = {(need.item, need.site): need.need_by for need in needs if need.item}
    if not needed:
        return CustomerCommitment.NONE
    because = "a customer waits whoever may read his order"
    wanting = DemandLine.objects.everywhere(because=because).filter(
        item__in={item for item, _site in needed},
        order__site__in={site for _item, site in needed},
        quantity__gt=F("allocated") + F("shipped") + F("cancelled"),
    )
    said = (
        CustomerCommitment.AT_RISK if promised < needed[item, site] else CustomerCommitment.PROMISED
        for item, site, promised in wanting.values_list("item", "order__site", "order__promised_on").distinct()
        if (item, site) in needed
    )
    return worst(said, ranks=list(CustomerCommitment))
