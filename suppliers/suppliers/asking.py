"""A case about a supplier as such: it belongs to no order and no site, and nothing is at stake by itself."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from foundation.values.actor import Actor
from governance.cases import actions as cases
from organization.entities.models import LegalEntity
from suppliers.suppliers.models import Supplier


def ask(
    supplier: Supplier,
    *,
    kind: str,
    cause: str,
    summary: str,
    facts: dict[str, Any],
    page: str = "",
    entity: LegalEntity | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Open a case on a page of the supplier, like ``risk/``.

    Suppliers belong to the whole house and a case to one entity: without one of its own, to the first. A house
    without an entity asks nobody.
    """
    entity = entity or LegalEntity.objects.order_by("pk").first()
    if entity is None:
        return
    cases.open_(
        kind=kind,
        about=supplier,
        about_title=f"{supplier.number} {supplier.party.name}",
        about_url=f"/suppliers/{supplier.number}/{page}",
        cause=cause,
        summary=summary,
        entity_id=entity.pk,
        site_id=None,
        supplier_id=supplier.pk,
        stake=Decimal(0),
        currency=entity.currency,
        facts=facts,
        by=by,
        at=at,
    )
