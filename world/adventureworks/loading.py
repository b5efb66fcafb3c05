"""Load the source through the importers, some months at a time, and end what was ended there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TextIO

from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.values.actor import Actor
from governance.cases import actions as cases
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from integration.imports import inline, origins
from integration.imports.models import Import, ImportRow
from procurement.orders import actions as orders
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder
from receiving.receipts.models import Receipt
from world.adventureworks import founding, rows
from world.adventureworks.founding import CLERK, FOUNDED
from world.adventureworks.source import Record, Source
from world.deliveries import StandingClock

SLICE = 100
"""Orders between two rounds of deliveries."""
BECAUSE = "the whole of AdventureWorks is loaded"


class NotLoaded(Exception):
    """Some rows were refused; the sentences say which and why."""


def load(source: Source, *, say: Callable[[str], object], bar: TextIO | None = None) -> None:
    """Everything, in the order in which it depends on each other. What is there already is left as it is."""
    refuse_rejected(source)
    founding.found()
    with StandingClock() as clock:
        for kind in ("items", "suppliers", "supplier_items", "stock"):
            bring(kind, getattr(rows, kind)(source), at=FOUNDED, bar=bar)
        clock.deliver(FOUNDED)
        say(f"{len(source.products)} products, {len(source.vendors)} vendors, {len(source.offers)} offers")
        for place, chosen in enumerate(sliced(source.orders), start=1):
            until = instant(max(order["ShipDate"] for order in chosen))
            bring("orders", rows.orders(source, chosen), at=until, bar=bar, name=f"orders-{place}.csv")
            clock.deliver(until)
            bring("receipts", rows.receipts(source, chosen), at=until, bar=bar, name=f"receipts-{place}.csv")
            clock.deliver(until)
            for order in chosen:
                if order["Status"] == rows.COMPLETE:
                    complete(order, by=CLERK, at=instant(order["ShipDate"]) + timedelta(hours=1))
            clock.deliver(until + timedelta(hours=1))
        if content := rows.retired(source):
            bring("suppliers", content, at=until + timedelta(hours=2), bar=bar, name="inactive.csv")
            clock.deliver(until + timedelta(hours=2))


def bring(kind: str, content: bytes, *, at: datetime, bar: TextIO | None, name: str = "") -> Import:
    """Import one file; nothing may be refused, for then the sums could not agree."""
    upload = SimpleUploadedFile(name or f"{kind}.csv", content)
    batch = inline.stage(kind, upload, by=CLERK, at=at)
    if not batch.error_count:
        batch = inline.apply(batch, by=CLERK, at=at, bar=bar)
    if batch.error_count:
        refused = ImportRow.objects.filter(batch=batch, effect="error").order_by("number")[:5]
        said = "\n".join(f"{upload.name}, line {row.number}: {' '.join(row.errors)}" for row in refused)
        raise NotLoaded(f"{batch.error_count} rows of {upload.name} were refused.\n{said}")
    return batch


def complete(order: Record, *, by: Actor, at: datetime) -> None:
    """Status 4: what did not come will not come, and the order is closed."""
    name = order["PurchaseOrderID"]
    known = origins.known("orders", [name])[name]
    row = PurchaseOrder.objects.everywhere(because=BECAUSE).get(pk=int(known.subject.partition(":")[2]))
    if row.status == OrderState.CLOSED:
        return
    for case in _short(row) if row.open_line_count else []:
        cases.resolve(case=case, how="close_short", by=by, at=at, seen=case.version, key=f"aw-{name}-{case.pk}")
    row.refresh_from_db()
    orders.close(order=row, by=by, at=at, seen=row.version, key=f"aw-{name}-close")


def _short(row: PurchaseOrder) -> list[Case]:
    came = Receipt.objects.everywhere(because=BECAUSE).filter(lines__order_line__order=row).distinct()
    subjects = [receipt.subject for receipt in came]
    found = Case.objects.everywhere(because=BECAUSE).filter(kind="receipt_short", about__in=subjects)
    return list(found.filter(status__in=UNSOLVED).order_by("pk"))


def refuse_rejected(source: Source) -> None:
    """Status 3 was never ordered. The published files hold none; if yours do, their goods have no place here."""
    rejected = [order["PurchaseOrderID"] for order in source.orders if order["Status"] == rows.REJECTED]
    if rejected:
        raise NotLoaded(f"Orders {', '.join(rejected[:5])} were rejected (status 3): leave them out of the files.")


def sliced(chosen: list[Record]) -> Iterator[list[Record]]:
    for start in range(0, len(chosen), SLICE):
        yield chosen[start : start + SLICE]


def instant(text: str) -> datetime:
    """The evening of a day there."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(hours=23)
