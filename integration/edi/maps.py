"""Every map there is, by kind of message."""

from integration.canon.documents import Document
from integration.edi.edifact import acknowledgements, invoices, orders, receipts, responses, ship_notices
from integration.edi.edifact.parts import NEW, OLD
from integration.edi.reading import fits
from integration.edi.signs import EDIFACT
from integration.edi.tables import Map
from integration.edi.tokens import Segment
from integration.edi.x12 import acknowledgements as x12_acknowledgements
from integration.edi.x12 import invoices as x12_invoices
from integration.edi.x12 import orders as x12_orders
from integration.edi.x12 import responses as x12_responses
from integration.edi.x12 import ship_notices as x12_ship_notices

MODULES = (
    x12_orders, x12_responses, x12_ship_notices, x12_invoices, x12_acknowledgements,
    orders, responses, ship_notices, invoices, receipts, acknowledgements,
)  # fmt: skip
MAPS: tuple[Map, ...] = tuple(each for module in MODULES for each in module.MAPS)
_OLDEST_YEAR = "90"


def generation(version: str) -> str:
    """Of a directory such as D96A or D10A. Years of two digits from 90 on are of the last century."""
    return OLD.name if version[1:3] >= _OLDEST_YEAR else NEW.name


def of_message(kind: str, version: str, first: Segment) -> Map | None:
    """The map that reads a message, by its kind, directory and first segment; None when its kind is not read here."""
    wanted = [each for each in MAPS if each.kind == kind and each.generation in ("", generation(version))]
    return next((each for each in wanted if fits(each, first)), wanted[-1] if wanted else None)


def of_document(document: Document, syntax: str, version: str, kind: str = "") -> Map | None:
    """The map that writes a document; ``kind`` chooses where there are several (855 and 865)."""
    wanted = [
        each
        for each in MAPS
        if each.syntax == syntax
        and each.document is type(document)
        and each.kind == (kind or each.kind)
        and (syntax != EDIFACT or each.generation in ("", generation(version)))
    ]
    return wanted[0] if wanted else None
