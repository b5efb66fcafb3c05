"""Every table there is, by root element and by document."""

from integration.canon.documents import Document
from integration.canon.order_responses import OrderResponse
from integration.ubl import invoice_responses, invoices, orders, receipts, responses, ship_notices
from integration.xml.tables import Map

MODULES = (orders, responses, ship_notices, receipts, invoices, invoice_responses)
MAPS: tuple[Map, ...] = tuple(each for module in MODULES for each in module.MAPS)
_READ = {f"{{{each.namespace}}}{each.kind}": each for each in reversed(MAPS)}
_WRITTEN = {each.document: each for each in reversed(MAPS)}


def of_root(tag: str) -> Map | None:
    """The table that reads a root element; None when its kind is not read here."""
    return _READ.get(tag)


def of_document(document: Document) -> Map | None:
    """The table that writes a document. An answer to a change is the advanced one of Peppol."""
    if isinstance(document, OrderResponse) and document.change:
        return responses.ADVANCED
    return _WRITTEN.get(type(document))
