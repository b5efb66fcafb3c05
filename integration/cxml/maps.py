"""Every table there is, by element and by document."""

from lxml import etree

from integration.canon.documents import Document
from integration.cxml import confirmations, invoices, orders, ship_notices, statuses
from integration.xml.gate import local
from integration.xml.tables import Map

MODULES = (orders, confirmations, ship_notices, invoices, statuses)
MAPS: tuple[Map, ...] = tuple(each for module in MODULES for each in module.MAPS)
_READ = {each.kind: each for each in reversed(MAPS)}
_WRITTEN = {each.document: each for module in MODULES[:-1] for each in module.MAPS}


def of_element(element: etree._Element) -> Map | None:
    """The table that reads a request; None when its kind is not read here. An order is new, changed or deleted."""
    if local(element) == orders.KIND:
        header = element.find("OrderRequestHeader")
        said = orders.NEW if header is None else header.get("type", orders.NEW)
        return orders.BY_TYPE.get(said.strip(), orders.ORDER)
    return _READ.get(local(element))


def of_document(document: Document) -> Map | None:
    return _WRITTEN.get(type(document))
