"""Every difference found at posting becomes a case with an owner."""

from datetime import datetime
from decimal import Decimal

from foundation.values.actor import Actor
from governance.cases import actions as cases
from receiving.receipts.models import Receipt, ReceiptLine


def open_cases(
    receipt: Receipt, lines: list[ReceiptLine], *, by: Actor, at: datetime
) -> dict[tuple[int | None, str], int]:
    """Open a case for each difference; answers (order line, kind) -> case, for finance to hold payment on."""
    opened: dict[tuple[int | None, str], int] = {}
    for line in lines:
        for found in line.discrepancies:
            case = cases.open_(
                kind=found["kind"],
                about=receipt,
                about_title=f"{receipt.number} from {receipt.supplier.party.name}",
                about_url=f"/receipts/{receipt.number}/",
                cause=str(line.number),
                summary=f"{line.description}: {found['sentence']}"[:300],
                entity_id=receipt.site.entity_id,
                site_id=receipt.site_id,
                supplier_id=receipt.supplier_id,
                stake=_stake(line, Decimal(found["quantity"])),
                currency=_currency(receipt, line),
                facts={
                    "line": line.number,
                    "quantity": found["quantity"],
                    "stands": found["stands"],
                    "order_line": line.order_line_id,
                },
                by=by,
                at=at,
            )
            opened[line.order_line_id, found["kind"]] = case.pk
    return opened


def _stake(line: ReceiptLine, quantity: Decimal) -> Decimal:
    price = line.order_line.price if line.order_line else line.item.standard_price if line.item else Decimal(0)
    return abs(quantity) * price


def _currency(receipt: Receipt, line: ReceiptLine) -> str:
    return line.order_line.order.currency if line.order_line else receipt.site.entity.currency
