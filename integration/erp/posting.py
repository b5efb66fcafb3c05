"""Our documents as the ERP must know them: canonical values read from rows, never from the screen."""

from datetime import date
from decimal import Decimal
from typing import Any

from finance.invoices.models import Invoice as InvoiceRow
from integration.canon.invoices import Invoice, InvoiceLine
from integration.canon.orders import Order, OrderLine
from integration.canon.receipts import Receipt, ReceiptLine
from procurement.orders.models import OrderRevision, PurchaseOrder
from receiving.receipts import posting as receipts
from receiving.receipts.models import Receipt as ReceiptRow

BECAUSE = "the ERP is the system of record for every order"


def order(pk: int, revision: int) -> tuple[PurchaseOrder, Order]:
    """One frozen revision of an order."""
    rows = PurchaseOrder.objects.everywhere(because=BECAUSE)
    row = rows.select_related("entity", "site", "supplier", "cost_center").get(pk=pk)
    content = OrderRevision.objects.get(order=row, number=revision).content
    return row, Order(
        number=row.number,
        revision=revision,
        entity=row.entity.code,
        site=row.site.code,
        supplier=row.supplier.number,
        cost_center=row.cost_center.code if row.cost_center else "",
        currency=content["currency"],
        payment_terms=content["payment_terms"],
        incoterm=content["incoterm"],
        issued_on=row.issued_at.date() if row.issued_at else row.created_at.date(),
        is_cancelled=content.get("is_cancelled", False),
        amount=Decimal(content["amount"]),
        lines=tuple(_order_line(line) for line in content["lines"]),
    )


def _order_line(line: dict[str, Any]) -> OrderLine:
    return OrderLine(
        number=line["number"],
        item=line["sku"],
        supplier_sku=line["supplier_sku"],
        description=line["description"],
        quantity=Decimal(line["quantity"]),
        unit=line["base_unit"],
        price=Decimal(line["price"]),
        amount=Decimal(line["amount"]),
        need_by=date.fromisoformat(line["need_by"]),
    )


def receipt(pk: int) -> tuple[ReceiptRow, Receipt]:
    """A posted receipt, where its goods stand."""
    rows = ReceiptRow.objects.everywhere(because=BECAUSE).select_related("site", "supplier", "reverses")
    row = rows.get(pk=pk)
    of, sign = (row.reverses, -1) if row.reverses else (row, 1)
    return row, Receipt(
        number=row.number,
        site=row.site.code,
        supplier=row.supplier.number,
        delivery_note=row.delivery_note,
        received_at=row.posted_at,
        reverses=row.reverses.number if row.reverses else "",
        lines=tuple(_receipt_lines(of, sign)),
    )


def _receipt_lines(row: ReceiptRow, sign: int) -> list[ReceiptLine]:
    lines = row.lines.select_related("item__base_unit", "order_line__order").order_by("number")
    return [
        ReceiptLine(
            number=line.number,
            order=line.order_line.order.number if line.order_line else "",
            order_line=line.order_line.number if line.order_line else 0,
            item=line.item.sku,
            quantity=sign * moved.quantity,
            unit=line.item.base_unit.code,
            stock_status=moved.status,
            lot=line.lot,
        )
        for line in lines
        for moved in receipts.stock_of(line)
    ]


def invoice(pk: int) -> tuple[InvoiceRow, Invoice]:
    """A released invoice."""
    row = InvoiceRow.objects.everywhere(because=BECAUSE).select_related("entity", "supplier").get(pk=pk)
    return row, Invoice(
        number=row.number,
        supplier_number=row.supplier_number,
        entity=row.entity.code,
        supplier=row.supplier.number,
        invoiced_on=row.invoiced_on,
        due_on=row.due_on or row.invoiced_on,
        currency=row.currency,
        net_amount=row.net_amount,
        tax_amount=row.tax_amount,
        amount=row.total_amount,
        lines=tuple(
            InvoiceLine(
                number=line.number,
                order=line.order_number,
                description=line.description,
                quantity=line.quantity,
                price=line.price,
                amount=line.amount,
                tax_percent=line.tax_percent,
            )
            for line in row.lines.order_by("number")
        ),
    )
