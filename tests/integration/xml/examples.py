"""One document of each kind, consistent in itself: 300 drill bits and 20 gloves of one order, and what follows."""

from datetime import date
from decimal import Decimal

from integration.canon import order_changes
from integration.canon.invoice_responses import UNDER_QUERY, Clarification, InvoiceResponse
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import ChangedLine, OrderChange
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import (
    Adjustment,
    Contact,
    Handover,
    Item,
    OrderReference,
    Party,
    Slot,
    TaxSubtotal,
    Terms,
)  # fmt: skip
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.canon.receipt_advices import AdvisedLine, ReceiptAdvice
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice

NUMBER = "PO-NL01-2026-000123"
ORDERED = date(2026, 3, 2)
BUYER = Party(
    role="buyer",
    name="Hoekstra Technical Supplies B.V.",
    id="8712345000004",
    id_scheme="gln",
    tax_number="NL123456789B01",
    street=("Havenstraat 12", "Dock 4"),
    city="Rotterdam",
    postal_code="3011 AB",
    country="NL",
    contact=Contact(name="Joke Hoekstra", email="joke@hoekstra.example"),
)
SUPPLIER = Party(
    role="supplier",
    name="Werkzeug Nord GmbH",
    id="4012345500004",
    id_scheme="gln",
    tax_number="DE123456789",
    street=("Am Speicher 1",),
    city="Hamburg",
    postal_code="20457",
    country="DE",
)
SHIP_TO = Party(
    role="ship_to", name="Warehouse North", street=("Kade 1",), city="Groningen", postal_code="9711 AA", country="NL"
)
PARTIES = (BUYER, SUPPLIER)
BITS = Item(buyer_number="BIT-6", supplier_number="WN-6", gtin="4006381333931", description="Drill bit, 6 mm")
GLOVES = Item(buyer_number="GLOVE-L", supplier_number="WN-GL", description="Work gloves, size L")
ORDER = PurchaseOrder(
    number=NUMBER,
    issued_on=ORDERED,
    currency="EUR",
    contract="C-7",
    terms=Terms(net_days=30, discount_percent=Decimal(2), discount_days=10),
    handover=Handover(incoterm="DAP", place="Groningen"),
    parties=(*PARTIES, SHIP_TO),
    notes=("Deliver at the back.",),
    lines=(
        PurchaseOrderLine(
            number="1",
            item=BITS,
            quantity=Decimal(300),
            unit="EA",
            price=Decimal("125.00"),
            price_basis=Decimal(100),
            amount=Decimal(375),
            schedule=(
                Slot(quantity=Decimal(200), on=date(2026, 3, 16)),
                Slot(quantity=Decimal(100), on=date(2026, 3, 30)),
            ),
        ),
        PurchaseOrderLine(
            number="2",
            item=GLOVES,
            quantity=Decimal(20),
            unit="PR",
            price=Decimal("4.20"),
            amount=Decimal(84),
            need_by=date(2026, 3, 16),
        ),
    ),
    adjustments=(Adjustment(is_charge=True, code="FC", reason="Freight", amount=Decimal(15)),),
    amount=Decimal(474),
)
CHANGE = OrderChange(
    number=NUMBER,
    change="1",
    issued_on=date(2026, 3, 4),
    currency="EUR",
    parties=PARTIES,
    lines=(
        ChangedLine(
            number="2",
            action=order_changes.CHANGE,
            item=GLOVES,
            quantity=Decimal(30),
            unit="PR",
            price=Decimal("4.20"),
            need_by=date(2026, 3, 16),
        ),
    ),
    amount=Decimal(516),
)
CANCELLATION = OrderCancellation(
    number="X-1",
    order=OrderReference(number=NUMBER, ordered_on=ORDERED),
    issued_on=date(2026, 3, 5),
    reason="The customer withdrew.",
    parties=PARTIES,
)
RESPONSE = OrderResponse(
    number="AB-900",
    order=OrderReference(number=NUMBER, ordered_on=ORDERED),
    code="changed",
    supplier_reference="SO-4711",
    issued_on=date(2026, 3, 3),
    currency="EUR",
    parties=(SUPPLIER, BUYER),
    lines=(
        ResponseLine(
            number="1",
            code="changed",
            item=BITS,
            unit="EA",
            price=Decimal("1.30"),
            schedule=(
                Slot(quantity=Decimal(250), on=date(2026, 3, 20)),
                Slot(quantity=Decimal(50), on=date(2026, 4, 2)),
            ),
            reason="Fifty come later.",
        ),
        ResponseLine(number="2", code="accepted", item=GLOVES, quantity=Decimal(20), unit="PR"),
    ),
)
NOTICE = ShipNotice(
    number="LS-55",
    issued_on=date(2026, 3, 18),
    order=OrderReference(number=NUMBER),
    ships_on=date(2026, 3, 18),
    arrives_on=date(2026, 3, 20),
    carrier="Nordkurier",
    carrier_code="NKUR",
    tracking="NK123456",
    bill_of_lading="CMR-9",
    package_count=2,
    gross_weight=Decimal("48.5"),
    weight_unit="KGM",
    parties=(SHIP_TO, BUYER, SUPPLIER),
    units=(
        HandlingUnit(
            sscc="106141412345678908",
            package="pallet",
            units=(
                HandlingUnit(
                    sscc="354107380000001051",
                    package="carton",
                    lines=(
                        NoticeLine(
                            number="1",
                            item=BITS,
                            quantity=Decimal(250),
                            unit="EA",
                            order=OrderReference(number=NUMBER, line="1"),
                            lot="L-17",
                            expires_on=date(2030, 1, 31),
                        ),
                    ),
                ),
            ),
            lines=(
                NoticeLine(
                    number="2",
                    item=GLOVES,
                    quantity=Decimal(20),
                    unit="PR",
                    order=OrderReference(number=NUMBER, line="2"),
                ),
            ),
        ),
    ),
)
RECEIPT = ReceiptAdvice(
    number="GR-31",
    issued_on=date(2026, 3, 20),
    received_on=date(2026, 3, 20),
    ship_notice="LS-55",
    order=OrderReference(number=NUMBER),
    parties=PARTIES,
    lines=(
        AdvisedLine(
            number="1",
            item=BITS,
            unit="EA",
            received=Decimal(240),
            short=Decimal(10),
            rejected=Decimal(4),
            reason="Bent",
            order=OrderReference(number=NUMBER, line="1"),
            lot="L-17",
        ),
    ),
)
INVOICE = SupplierInvoice(
    number="RE-2026-77",
    issued_on=date(2026, 3, 21),
    due_on=date(2026, 4, 20),
    currency="EUR",
    order=OrderReference(number=NUMBER),
    ship_notice="LS-55",
    terms=Terms(net_days=30),
    account="DE02120300000000202051",
    payment_reference="RE-2026-77",
    parties=(SUPPLIER, BUYER),
    lines=(
        BilledLine(
            number="1",
            item=BITS,
            quantity=Decimal(250),
            unit="EA",
            price=Decimal("130.00"),
            price_basis=Decimal(100),
            amount=Decimal("325.00"),
            tax_category="S",
            tax_percent=Decimal(19),
            order=OrderReference(number=NUMBER, line="1"),
        ),
        BilledLine(
            number="2",
            item=GLOVES,
            quantity=Decimal(20),
            unit="PR",
            price=Decimal("4.20"),
            amount=Decimal("80.00"),
            adjustments=(Adjustment(reason="Old stock", amount=Decimal("4.00")),),
            tax_category="S",
            tax_percent=Decimal(19),
            order=OrderReference(number=NUMBER, line="2"),
        ),
    ),
    adjustments=(
        Adjustment(
            is_charge=True, code="FC", reason="Freight", amount=Decimal(15), tax_category="S", tax_percent=Decimal(19)
        ),
    ),
    taxes=(TaxSubtotal(category="S", percent=Decimal(19), base=Decimal("420.00"), amount=Decimal("79.80")),),
    line_total=Decimal("405.00"),
    net_amount=Decimal("420.00"),
    tax_amount=Decimal("79.80"),
    amount=Decimal("499.80"),
    payable=Decimal("499.80"),
)
CREDIT = CreditNote(
    number="GS-5",
    issued_on=date(2026, 4, 1),
    currency="EUR",
    order=OrderReference(number=NUMBER),
    preceding="RE-2026-77",
    parties=(SUPPLIER, BUYER),
    lines=(
        BilledLine(
            number="1",
            item=BITS,
            quantity=Decimal(4),
            unit="EA",
            price=Decimal("1.25"),
            amount=Decimal("5.00"),
            tax_category="S",
            tax_percent=Decimal(19),
            order=OrderReference(number=NUMBER, line="1"),
        ),
    ),
    taxes=(TaxSubtotal(category="S", percent=Decimal(19), base=Decimal("5.00"), amount=Decimal("0.95")),),
    line_total=Decimal("5.00"),
    net_amount=Decimal("5.00"),
    tax_amount=Decimal("0.95"),
    amount=Decimal("5.95"),
    payable=Decimal("5.95"),
)
INVOICE_RESPONSE = InvoiceResponse(
    number="IR-1",
    issued_on=date(2026, 3, 22),
    invoice="RE-2026-77",
    invoiced_on=date(2026, 3, 21),
    code=UNDER_QUERY,
    parties=PARTIES,
    clarifications=(
        Clarification(code="PRI", list="OPStatusReason", sentence="Line 1 costs 1.25 by the order."),
        Clarification(code="NOA", list="OPStatusAction"),
    ),
)
EXAMPLES = {
    "order": ORDER,
    "order_change": CHANGE,
    "order_cancellation": CANCELLATION,
    "order_response": RESPONSE,
    "despatch_advice": NOTICE,
    "receipt_advice": RECEIPT,
    "invoice": INVOICE,
    "credit_note": CREDIT,
    "invoice_response": INVOICE_RESPONSE,
}
