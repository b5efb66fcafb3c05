"""From what was recorded of a supplier to the cases of each measure."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from intelligence.performance import rules
from intelligence.performance.reading import Record
from intelligence.performance.rules import Arrival, Judged
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from suppliers.scorecards.actions import Counted
from suppliers.scorecards.glossary import Measure


def cases(record: Record) -> Iterator[Counted]:
    """Every case of every measure that falls into the window."""
    for judge in (_answered, _of_lines, _announced, _received, _billed):
        yield from (case for case in judge(record) if record.since <= case.happened_on)


def _answered(record: Record) -> Iterator[Counted]:
    for order in record.orders:
        if order.confirm_by is None:
            continue
        place, at = record.places[order.site_id], record.first_answered.get(order.pk)
        judged = rules.answered(
            due=order.confirm_by.astimezone(place.zone),
            answered_at=at,
            worked=place.worked(order.issued_at, at) if at else None,
            over_at=order.closed_at,
            now=record.at,
            spent=record.spent.get(order.pk, {}),
        )
        if judged:
            yield _counted(record, Measure.CONFIRM_TIME, order.subject, judged, **_of_order(order))


def _of_lines(record: Record) -> Iterator[Counted]:
    for line in record.lines:
        about = _of_order(line.order) | {"label": f"{line.order.number} · {line.number}"}
        subject, place = f"{line._meta.label_lower}:{line.pk}", record.places[line.order.site_id]
        if rows := record.answers.get(line.pk):
            on = place.day(rows[0].confirmation.received_at)
            judged = rules.confirmed(on=on, verdicts=[row.verdict for row in rows])
            yield _counted(record, Measure.AS_ORDERED, subject, judged, **about)
        wanted, arrivals = _wanted(line), _arrivals(record, line)
        issued_on = place.day(line.order.issued_at)
        terms = record.agreed.terms(
            on=issued_on, entity_id=line.order.entity_id, site_id=line.order.site_id, path=line.category.path
        )
        percent, offered = place.site.under_percent, record.offered.get(line.item_id)
        timely = rules.on_time(
            due=_due(record, line),
            grace=terms.days_late,
            wanted=wanted,
            arrivals=arrivals,
            percent=percent,
            today=place.day(record.at),
        )
        if timely:
            yield _counted(record, Measure.ON_TIME, subject, timely, **about)
        if wanted > 0:
            done = rules.complete_on(wanted=wanted, arrivals=arrivals, percent=percent)
            days = terms.lead_time_days if offered is None else offered
            took = rules.lead_time(issued_on=issued_on, done=done, offered=days)
            if took:
                yield _counted(record, Measure.LEAD_TIME, subject, took, **about)


def _wanted(line: PurchaseOrderLine) -> Decimal:
    """What we still want of it. A line that was closed short was not cancelled by us: the rest did not come."""
    if line.order.status == OrderState.CANCELLED:
        return Decimal(0)
    return line.ordered if line.closed_short else line.ordered - line.cancelled


def _due(record: Record, line: PurchaseOrderLine) -> date:
    rows = record.answers.get(line.pk)
    return rules.due_on(
        wanted=record.wanted_on(line),
        confirmed_for=record.confirmed_for(line),
        moves=record.moves(line),
        since=rows[0].confirmation.received_at if rows else line.order.issued_at,
    )


def _arrivals(record: Record, line: PurchaseOrderLine) -> list[Arrival]:
    found = []
    for one in record.arrived.get(line.pk, []):
        if one.item_id == line.item_id:
            notice = one.receipt.notice
            on = record.places[one.receipt.site_id].day(one.receipt.arrived_at)
            found.append(Arrival(on, one.accepted + one.damaged, notice.arrives_on if notice else None))
    return found


def _announced(record: Record) -> Iterator[Counted]:
    """Several received lines may share one announced line: they are added up."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for line in record.received:
        if line.notice_line_id:
            groups[line.notice_line_id].append(line)
    for pk, lines in groups.items():
        receipt, announced = lines[0].receipt, lines[0].notice_line
        judged = rules.as_announced(
            on=record.places[receipt.site_id].day(receipt.arrived_at),
            announced=announced.quantity,
            counted=sum((line.accepted + line.damaged + line.refused for line in lines), Decimal(0)),
        )
        label, url = f"{receipt.notice.reference} · {announced.number}", f"/ship-notices/{receipt.notice.number}/"
        about = _of_dock(receipt.site_id, label, url)
        yield _counted(record, Measure.NOTICE, f"receiving.shipnoticeline:{pk}", judged, **about)


def _received(record: Record) -> Iterator[Counted]:
    for line in record.received:
        receipt = line.receipt
        judged = rules.without_discrepancy(
            on=record.places[receipt.site_id].day(receipt.arrived_at), kinds=[one["kind"] for one in line.discrepancies]
        )
        about = _of_dock(receipt.site_id, f"{receipt.number} · {line.number}", f"/receipts/{receipt.number}/")
        yield _counted(record, Measure.RECEIPT, f"receiving.receiptline:{line.pk}", judged, **about)


def _billed(record: Record) -> Iterator[Counted]:
    for line in record.billed:
        ordered, invoice = record.of_commitment.get(line.commitment_id), line.invoice
        if ordered is None:
            continue
        about = _of_order(ordered.order) | {
            "label": f"{invoice.supplier_number} · {line.number}",
            "url": f"/invoices/{invoice.number}/",
        }
        on = record.places[ordered.order.site_id].day(invoice.received_at)
        subject = f"finance.invoiceline:{line.pk}"
        for measure, judged in (
            (Measure.TOUCHLESS, rules.touchless(on=on, verdicts=record.runs[invoice.pk, line.number])),
            (Measure.PRICE, rules.price(on=on, billed=line.price, ordered=line.commitment.price)),
        ):
            if judged:
                yield _counted(record, measure, subject, judged, **about)


def _of_order(order: PurchaseOrder) -> dict[str, Any]:
    return {
        "site_id": order.site_id,
        "label": order.number,
        "url": f"/orders/{order.number}/",
        "order_public_id": order.public_id,
    }


def _of_dock(site_id: int, label: str, url: str) -> dict[str, Any]:
    """A truck may carry many orders: no one of them stands for it."""
    return {"site_id": site_id, "label": label, "url": url, "order_public_id": None}


def _counted(record: Record, measure: Measure, subject: str, judged: Judged, **about: Any) -> Counted:
    contest, answer = record.contests.get(f"{measure.value}:{subject}", ("", ""))
    return Counted(
        measure=measure.value,
        subject=subject,
        happened_on=judged.on,
        is_good=judged.is_good,
        code=judged.code,
        value=judged.value,
        facts=judged.facts,
        charged=judged.charged,
        contest=contest,
        answer=answer,
        **about,
    )
