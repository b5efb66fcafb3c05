"""What can go wrong, as a table: whose it is, how fast it should be settled, how bad it is."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from foundation.screens.tones import INFO, SHAPES, WARN
from governance.cases.models import Severity

LOW, NORMAL, HIGH = Severity.LOW, Severity.NORMAL, Severity.HIGH


@dataclass(frozen=True)
class Kind:
    """``role`` owns it where it happened; ``hours`` are working hours; ``tone`` is the color of its badge."""

    label: str
    role: str
    hours: int
    severity: str = NORMAL
    tone: str = WARN

    def __post_init__(self) -> None:
        if self.tone not in SHAPES:
            raise ValueError(f"{self.tone} is no tone: every page that names such a case would break.")


KINDS: dict[str, Kind] = {
    "no_approver": Kind(_("Nobody can approve"), "Approval administrator", 4, HIGH, "bad"),
    "approval_overdue": Kind(_("Approval overdue"), "Approval administrator", 8),
    "review_break_glass": Kind(_("Passed without approval"), "CFO", 8, HIGH, "bad"),
    "review_emergency": Kind(_("Emergency buy to review"), "CFO", 16),
    "review_sample": Kind(_("Sample of what passed by itself"), "Controller", 40, LOW, INFO),
    "off_contract": Kind(_("Bought off contract"), "Category manager", 16, LOW, INFO),
    "contract": Kind(_("Contract exception"), "Buyer", 16),
    "budget": Kind(_("Budget exceeded"), "Controller", 8, HIGH),
    "duplicate": Kind(_("Possible duplicate"), "Buyer", 8),
    "confirmation_late": Kind(_("Confirmation late"), "Buyer", 8),
    "confirmation_quantity": Kind(_("Supplier changed the quantity"), "Buyer", 8),
    "confirmation_date": Kind(_("Supplier changed the date"), "Buyer", 8),
    "confirmation_price": Kind(_("Supplier changed the price"), "Buyer", 8),
    "confirmation_item": Kind(_("Supplier offers another item"), "Buyer", 8),
    "confirmation_rejected": Kind(_("Supplier rejected"), "Buyer", 4, HIGH, "bad"),
    "change_declined": Kind(_("Supplier declined a change"), "Buyer", 8, HIGH),
    "delivery_late": Kind(_("Delivery late"), "Buyer", 8, HIGH, "bad"),
    "notice_mismatch": Kind(_("Ship notice does not match"), "Buyer", 4),
    "receipt_short": Kind(_("Short delivery"), "Buyer", 16),
    "receipt_over": Kind(_("More delivered than ordered"), "Warehouse supervisor", 8),
    "receipt_damaged": Kind(_("Goods damaged"), "Warehouse supervisor", 8, HIGH),
    "receipt_wrong_item": Kind(_("Wrong item delivered"), "Buyer", 8, HIGH),
    "receipt_unordered": Kind(_("Goods nobody ordered"), "Warehouse supervisor", 8),
    "receipt_document": Kind(_("Document missing"), "Warehouse supervisor", 8, LOW, INFO),
    "quality": Kind(_("Failed inspection"), "Quality inspector", 8, HIGH, "bad"),
    "compliance": Kind(_("Failed compliance check"), "Quality inspector", 8, HIGH, "bad"),
    "inventory": Kind(_("Stock does not agree"), "Warehouse supervisor", 16),
    "shortage": Kind(_("Out of stock"), "Planner", 4, HIGH, "bad"),
    "backorder": Kind(_("Customer waits"), "Planner", 8, HIGH),
    "transfer": Kind(_("Transfer exception"), "Planner", 16),
    "credit_hold": Kind(_("Credit hold"), "Controller", 8),
    "invoice_price": Kind(_("Invoiced price differs"), "Buyer", 16),
    "invoice_quantity": Kind(_("Invoiced quantity differs"), "Buyer", 16),
    "invoice_waiting": Kind(_("Invoice waits for receipt"), "Warehouse supervisor", 16, LOW, INFO),
    "invoice_duplicate": Kind(_("Possible duplicate invoice"), "Accounts payable", 8, HIGH, "bad"),
    "invoice_unmatched": Kind(_("Invoice without an order"), "Accounts payable", 16),
    "invoice_dispute": Kind(_("Invoice in dispute"), "Accounts payable", 24),
    "integration": Kind(_("Message not delivered"), "Integration owner", 4, HIGH, "bad"),
    "import_rejected": Kind(_("Import rejected"), "Data steward", 16),
    "master_data": Kind(_("Master data conflict"), "Data steward", 24, LOW, INFO),
    "supplier_document": Kind(_("Supplier document missing or expired"), "Buyer", 40, LOW, INFO),
    "supplier_compliance": Kind(_("Supplier fails too often"), "Buyer", 40),
    "audit": Kind(_("Audit finding"), "Controller", 24, HIGH, "bad"),
}
PLAIN_HOURS = 16


def register(**kinds: Kind) -> None:
    """Add kinds from an upper package, in its AppConfig."""
    KINDS.update(kinds)


def of(kind: str) -> Kind:
    """The row of a kind; one that nobody described is a buyer's, in two working days, under its own name."""
    return KINDS.get(kind) or Kind(kind.replace("_", " ").capitalize(), "Buyer", PLAIN_HOURS)


SLOTS = {
    "order": "procurement.purchaseorder",
    "request": "procurement.requisition",
    "change": "procurement.changerequest",
    "notice": "receiving.shipnotice",
}
"""Pages that show the cases about their document: the panel's slot -> what such documents are called in subjects."""
