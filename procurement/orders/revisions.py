"""What the supplier sees of an order, frozen and numbered."""

import hashlib
import json
from datetime import datetime
from typing import Any

from foundation.journal.chain import plain
from foundation.values.actor import Actor
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import OrderRevision, PurchaseOrder, PurchaseOrderLine


def freeze(order: PurchaseOrder, lines: list[PurchaseOrderLine], *, by: Actor, at: datetime) -> OrderRevision:
    """Write the order as it now stands as its current revision."""
    content = plain(content_of(order, lines))
    said = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return OrderRevision.objects.create(
        order=order,
        number=order.revision,
        content=content,
        digest=hashlib.sha256(said.encode()).hexdigest(),
        issued_at=at,
        by=str(by),
    )


def content_of(order: PurchaseOrder, lines: list[PurchaseOrderLine]) -> dict[str, Any]:
    """The order in the words of the trade, complete without any other row. Version 1 of this shape."""
    return {
        "version": 1,
        "number": order.number,
        "public_id": order.public_id,
        "revision": order.revision,
        "entity": {"code": order.entity.code, "name": order.entity.name, "vat_number": order.entity.vat_number},
        "supplier": {"number": order.supplier.number, "name": order.supplier.party.name},
        "ship_to": {
            "code": order.site.code,
            "name": order.site.name,
            "address": order.site.address,
            "city": order.site.city,
            "country": order.site.country,
            "gln": order.site.gln,
        },
        "currency": order.currency,
        "amount": order.amount,
        "payment_terms": order.payment_terms,
        "incoterm": order.incoterm,
        "need_by": order.need_by,
        "note": order.note,
        "is_cancelled": order.status == OrderState.CANCELLED,
        "lines": [_line(line) for line in lines],
    }


def _line(line: PurchaseOrderLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "sku": line.item.sku if line.item else "",
        "supplier_sku": line.supplier_sku,
        "gtin": line.item.gtin if line.item else "",
        "description": line.description,
        "quantity": line.ordered - line.cancelled,
        "base_unit": line.item.base_unit.code if line.item else line.unit.code,
        "unit": line.unit.code,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "price": line.price,
        "amount": line.amount,
        "need_by": line.need_by,
        "is_cancelled": line.closed_short or line.ordered == line.cancelled,
    }
