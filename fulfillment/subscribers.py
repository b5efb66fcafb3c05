"""What fulfillment hears: goods came, goods were taken back, a customer ordered."""

from django.utils.timezone import now

from foundation.journal.events import subscribe
from foundation.values.actor import system
from fulfillment.allocations import actions as allocations
from fulfillment.demand.events import CustomerOrderCancelled, CustomerOrderTaken
from fulfillment.demand.models import DemandLine
from fulfillment.shortages import actions as shortages
from fulfillment.shortages import expediting
from governance.cases.events import CaseResolved
from governance.permits.events import PermitGranted, PermitRefused
from governance.permits.models import Permit
from receiving.receipts.events import GoodsReceived, ReceiptReversed

ALLOCATOR = system("allocator")


@subscribe(GoodsReceived)
def serve_backorders(event: GoodsReceived, *, key: str) -> None:
    items = [item for item, quantity in event.items if float(quantity) > 0]
    why = f"{event.number} arrived"
    allocations.allocate(site_id=event.site_id, item_ids=items, why=why, by=ALLOCATOR, at=now(), key=key)


@subscribe(GoodsReceived)
def warn_of_shortages(event: GoodsReceived, *, key: str) -> None:
    shortages.raise_tasks(receipt_number=event.number, by=ALLOCATOR, at=now(), key=key)


@subscribe(PermitGranted, PermitRefused)
def expedite(event: PermitGranted | PermitRefused, *, key: str) -> None:
    if event.kind == expediting.KIND:
        permit = Permit.objects.get(pk=event.document_id)
        expediting.go_on(permit=permit, is_granted=isinstance(event, PermitGranted), by=ALLOCATOR, at=now(), key=key)


@subscribe(CustomerOrderTaken)
def serve_order(event: CustomerOrderTaken, *, key: str) -> None:
    why = f"{event.number} was taken"
    allocations.allocate(site_id=event.site_id, item_ids=event.items, why=why, by=ALLOCATOR, at=now(), key=key)


@subscribe(CustomerOrderCancelled)
def serve_others(event: CustomerOrderCancelled, *, key: str) -> None:
    lines = DemandLine.objects.everywhere(because="freed goods serve whoever waits").filter(order=event.document_id)
    items = sorted(set(lines.values_list("item_id", flat=True)))
    site_id = lines.values_list("order__site_id", flat=True).first()
    why = f"{event.number} was cancelled"
    allocations.allocate(site_id=site_id, item_ids=items, why=why, by=ALLOCATOR, at=now(), key=key)


@subscribe(CaseResolved)
def serve_from_hold(event: CaseResolved, *, key: str) -> None:
    """Held or damaged goods were kept: they are available now."""
    if event.how == "take_in":
        shortages.serve_receipt_line(about=event.about, cause=event.cause, by=ALLOCATOR, at=now(), key=key)


@subscribe(ReceiptReversed)
def note_reversal(event: ReceiptReversed, *, key: str) -> None:
    items = [item for item, _quantity in event.items]
    why = f"{event.number} was reversed"
    allocations.allocate(site_id=event.site_id, item_ids=items, why=why, by=ALLOCATOR, at=now(), key=key)
