"""Messages of others, where that folder is there: what is consistent is booked against the order that it wants, once."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest

from finance.commitments.models import Commitment
from foundation.journal.relay import drain
from integration.canon.order_responses import OrderResponse
from integration.canon.parts import OrderReference
from integration.canon.ship_notices import ShipNotice
from integration.canon.supplier_invoices import SupplierInvoice
from integration.edi.inbound import read
from integration.inbox import actions as inbox
from integration.partners.models import TradingPartner
from organization.items.models import Item, Unit
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from suppliers.submissions.models import Submission
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from tests.samples import sample
from tests.scene import NOW, SETUP, TODAY, Scene, approve, fresh, key

OURS = (OrderResponse, ShipNotice, SupplierInvoice)
"""What suppliers send; the rest of the samples is what buyers send them."""
OUTCOMES = {
    "x12": {
        "ediengine_856.Crossdock.OK.edi": ["856 refuse refused"],
        "nodex12_855.edi": ["855 hold held"],
        "nodex12_856.edi": ["856 note applied"],
        "staedi_simple810.edi": ["810 note applied", "810 hold held"],
        "stedi_855_5010.edi": ["855 note applied"],
        "stupidedi_004010_IN810_pass_1.edi": ["810 note applied"],
        "stupidedi_004010_PR855_pass_1.edi": ["855 note applied"],
    },
    "edifact": {
        "edifactrs_d01b_invoic_conforming.edi": ["INVOIC hold held"],
        "edifactrs_d96a_invoic_conforming.edi": ["INVOIC hold held"],
        "edifactrs_invoic_conforming.edi": ["INVOIC hold held"],
        "edinet_edifact.ORDRSP-formatted.edi": ["ORDRSP refuse refused"],
        "frends_D96A_INVOIC.txt": ["DESADV note applied"],
        "frends_D96A_ORDRSP.txt": ["ORDRSP note applied"],
        "pydifact_invoice1.edi": ["INVOIC note held"],  # a credit note
        "smooks_INVOIC_D.03B_Interchange_with_UNA.txt": ["INVOIC hold held"],
    },
}
"""File -> each message of a supplier: its kind, what the reader found, what became of it."""
_numbers = count(1)


def lines_of(document) -> Iterator[tuple[OrderReference, object]]:
    """Each line with the order it is about."""
    if isinstance(document, OrderResponse):
        yield from ((OrderReference(number=document.order.number, line=line.number), line) for line in document.lines)
        return
    lines = [line for line, _ in document.every_line()] if isinstance(document, ShipNotice) else document.lines
    for line in lines:
        if reference := OrderReference.of(line.order, document.order):
            yield reference, line


def order_for(scene: Scene, number: str, wanted: list) -> PurchaseOrder:
    """An issued order under their number, of the lines that they speak of."""
    items = []
    for _reference, line in wanted:
        unit = Unit.objects.get_or_create(code=line.unit or "EA", defaults={"name": line.unit or "each"})[0]
        said = {"description": "Something", "category": scene.category, "base_unit": unit, "standard_price": 1}
        sku = line.item.buyer_number or f"THING-{next(_numbers)}"
        item = Item.objects.get_or_create(sku=sku, defaults=said | {"gtin": line.item.gtin[:14]})[0]
        offer, is_new = SupplierItem.objects.get_or_create(
            supplier=scene.supplier, item=item, defaults={"supplier_sku": line.item.supplier_number, "unit": unit,
            "currency": "EUR", "is_preferred": True, "lead_time_days": 7})  # fmt: skip
        if is_new:
            PriceBreak.objects.create(supplier_item=offer, price=Decimal("0.01"), valid_from=TODAY - timedelta(days=9))
        items.append(item)
    asked = requisitions.raise_(
        site=scene.site,
        title=f"For {number}",
        wanted=[
            Wanted(item_id=item.pk, quantity=abs(line.quantity or Decimal(1)), need_by=TODAY + timedelta(days=14))
            for item, (_reference, line) in zip(items, wanted, strict=True)
        ],
        cost_center_id=scene.cost_center.pk,
        by=scene.requester,
        at=NOW,
        key=key(),
    )
    asked = requisitions.submit(requisition=asked, by=scene.requester, at=NOW, seen=asked.version, key=key())
    if fresh(asked).status == "in_approval":
        approve(scene, asked)
    taken = [Taken(line.pk) for line in asked.lines.order_by("number")]
    order = orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())
    order = orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())
    drain()
    Commitment._base_manager.filter(order_number=order.number).update(order_number=number)
    PurchaseOrder._base_manager.filter(pk=order.pk).update(number=number)
    return fresh(order)


def numbered(order: PurchaseOrder, wanted: list) -> None:
    """Our line numbers are those they use, where they use numbers."""
    rows = list(PurchaseOrderLine._base_manager.filter(order=order).order_by("number"))
    for row, (reference, line) in zip(rows, wanted, strict=True):
        said = reference.line or line.number
        if re.fullmatch(r"\d{1,6}", said or ""):
            Commitment._base_manager.filter(order_number=order.number, line_number=row.number).update(
                line_number=1000 + int(said)
            )
            PurchaseOrderLine._base_manager.filter(pk=row.pk).update(number=1000 + int(said))
    for model, name in ((PurchaseOrderLine, "number"), (Commitment, "line_number")):
        about = {"order": order} if model is PurchaseOrderLine else {"order_number": order.number}
        for row in model._base_manager.filter(**about, **{f"{name}__gt": 1000}):
            model._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) - 1000})


def in_earnest(raw: bytes) -> bytes:
    """Not as a test, which would only be kept (ISA15, UNB 0035)."""
    raw = re.sub(rb"^(ISA.{99})T", rb"\1P", raw, flags=re.DOTALL)
    return re.sub(rb"(UNB\+[^'~]*?)\+1(['~])", rb"\1\2", raw)


def prepare(scene: Scene, document, sender: str) -> None:
    currency = getattr(document, "currency", "") or "EUR"
    by_order: dict[str, list] = {}
    for reference, line in lines_of(document):
        by_order.setdefault(reference.number, []).append((reference, line))
    if isinstance(document, OrderResponse) and not by_order:
        return
    for number, wanted in by_order.items():
        if number and not PurchaseOrder._base_manager.filter(number=number).exists():
            order = order_for(scene, number, wanted)
            numbered(order, wanted)
            revision = getattr(getattr(document, "order", None), "revision", None) or 1
            PurchaseOrder._base_manager.filter(pk=order.pk).update(currency=currency, revision=revision)
    if sender:
        TradingPartner.objects.get_or_create(address=sender, defaults={"supplier": scene.supplier, "syntax": "x12"})


@pytest.mark.parametrize("syntax", OUTCOMES)
def test_every_sample_twice(scene: Scene, syntax: str) -> None:
    seen: dict[str, list[str]] = {}
    how = {"channel": "edi", "by": SETUP, "at": NOW}
    for path in sorted(sample(syntax).iterdir()):
        raw = in_earnest(path.read_bytes())
        found = read(raw)
        for one in found:
            if isinstance(one.document, OURS):
                prepare(scene, one.document, one.sender)
        first = inbox.receive(raw, key=key(), **how)
        drain()
        made = Submission._base_manager.count()
        second = inbox.receive(raw, key=key(), **how)
        drain()
        assert Submission._base_manager.count() == made, path
        assert {message.status for message in second} == {"duplicate"}, path
        for one, message in zip(found, first, strict=True):
            if isinstance(one.document, OURS):
                seen.setdefault(path.name, []).append(f"{one.kind} {one.level.word} {fresh(message).status}")
    assert seen == OUTCOMES[syntax]


@pytest.mark.parametrize("folder", ["ubl", "cxml"])
def test_xml_of_others_is_kept_and_comes_once(scene: Scene, folder: str) -> None:
    """Their senders are nobody's: each waits or is refused, and the second time it came before."""
    for path in sorted(path for path in sample(folder).rglob("*") if path.suffix in (".xml", ".txt")):
        raw = path.read_bytes()
        first, second = ([*inbox.receive(raw, channel="edi", by=SETUP, at=NOW, key=key())] for _ in range(2))
        assert {message.status for message in first} <= {"held", "refused", "kept", "duplicate"}, path
        assert {message.status for message in second} == {"duplicate"}, path
    assert not Submission._base_manager.exists()
