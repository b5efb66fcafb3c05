"""Flows in words: which subscriber is what, and where the documents of its entries are shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.journal.models import Entry

ERP_FLOWS: dict[str, str | Promise] = {
    "integration.subscribers.post_order": _("Orders to the ERP"),
    "integration.subscribers.post_receipt": _("Receipts to the ERP"),
    "integration.subscribers.post_reversal": _("Reversals to the ERP"),
    "integration.subscribers.post_invoice": _("Released invoices to the ERP"),
}
PARTNER_FLOWS: dict[str, str | Promise] = {
    "integration.subscribers.send_order": _("Orders to suppliers' systems"),
    "integration.subscribers.send_receipt_advice": _("Advice of receipts to suppliers' systems"),
    "integration.subscribers.send_acknowledgement": _("Acknowledgements to suppliers' systems"),
    "integration.subscribers.send_refusal": _("Refusals to suppliers' systems"),
}
OUT = ERP_FLOWS | PARTNER_FLOWS
"""What leaves the house. Everything else is one package hearing another."""

PAGES = {
    "procurement.purchaseorder": "/orders/{}/",
    "procurement.requisition": "/requests/{}/",
    "receiving.receipt": "/receipts/{}/",
    "finance.invoice": "/invoices/{}/",
    "governance.case": "/exceptions/{}/",
    "integration.inboundmessage": "/integration/messages/{id}/",
}


def label(subscriber: str) -> str:
    """``procurement.subscribers.draft_orders`` -> "Procurement: draft orders"."""
    if subscriber in OUT:
        return str(OUT[subscriber])
    package, _dot, rest = subscriber.partition(".")
    return f"{package.capitalize()}: {rest.rpartition('.')[2].replace('_', ' ')}"


def number_of(entry: Entry) -> str:
    """What people call the document of an entry."""
    return str(entry.facts.get("number") or entry.subject)


def page_of(entry: Entry) -> str:
    """Where the document is shown; empty when it has no page of its own."""
    pattern = PAGES.get(entry.subject.partition(":")[0])
    number, pk = entry.facts.get("number"), entry.subject.partition(":")[2]
    return pattern.format(number, id=pk) if pattern and number else ""
