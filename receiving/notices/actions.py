"""What can be done with ship notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from foundation.door import AS_IT_IS, deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from foundation.values.days import day_text
from foundation.values.exact import plain
from governance.cases import actions as cases
from governance.parameters.registry import declare
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrderLine
from receiving.arrivals import actions as arrivals
from receiving.notices.events import NoticeCancelled, ShipmentAnnounced, TruckArrived
from receiving.notices.lifecycle import NoticeState
from receiving.notices.models import ShipNotice, ShipNoticeLine
from suppliers.submissions.models import Submission
from suppliers.suppliers.models import Supplier

EARLY_DAYS = declare(
    "early_arrival_days",
    words=_l("Arrival that is too early"),
    help=_l("A truck that is announced for more than so many days before the agreed day is told."),
    topic=_l("Receiving"), unit=_l("days"), owner="Warehouse supervisor", default=3, high=60,
)  # fmt: skip


@dataclass(frozen=True)
class Packed:
    """One line of a notice, in base units."""

    order_line_id: int
    quantity: Decimal
    lot: str = ""
    expires_on: date | None = None
    sscc: str = ""


@verb
def announce(
    *,
    supplier: Supplier,
    site: Site,
    reference: str,
    ships_on: date,
    arrives_on: date,
    packed: Iterable[Packed],
    by: Actor,
    at: datetime,
    key: str,
    carrier: str = "",
    tracking: str = "",
    package_count: int = 1,
    submission: Submission | None = None,
) -> ShipNotice:
    """Take in what the supplier says is on the truck, and check it against the orders before it arrives.

    What does not fit is flagged and opens a case; the truck is not stopped. Refused when a line is not of an order
    on its way from this supplier to this site, or when the reference was used before.
    """
    packed = list(packed)
    found = _order_lines(supplier, site, packed)
    flags = _flags(packed, found, arrives_on, early=timedelta(days=EARLY_DAYS.count(site=site.pk, at=at)))
    notice = ShipNotice(
        number=numbering.take("SN", site.entity.code, today(site, at)),
        supplier=supplier,
        site=site,
        reference=reference,
        ships_on=ships_on,
        arrives_on=arrives_on,
        carrier=carrier,
        tracking=tracking,
        package_count=package_count,
        submission=submission,
        announced_at=at,
        flags=flags,
        status=NoticeState.FLAGGED if flags else NoticeState.ACCEPTED,
    )
    if by.is_human and by.kind != "supplier":
        allow(by, "receive_goods", notice)
    _new_reference(supplier, reference)
    with deciding(notice, by=by, key=key) as notice:
        ShipNoticeLine.objects.bulk_create(
            ShipNoticeLine(
                notice=notice,
                number=number,
                order_line_id=line.order_line_id,
                quantity=line.quantity,
                lot=line.lot,
                expires_on=line.expires_on,
                sscc=line.sscc,
            )
            for number, line in enumerate(packed, start=1)
        )
        arrivals.refresh_announced(line.order_line_id for line in packed)
        if flags:
            _warn(notice, by=by, at=at)
        journal.record(_announced(notice, found, len(packed)), at=at)
    return notice


@verb
def arrive(*, notice: ShipNotice, by: Actor, at: datetime, key: str) -> ShipNotice:
    """The truck is here."""
    with deciding(notice, by=by, seen=AS_IT_IS, key=key) as notice:
        allow(by, "receive_goods", notice)
        move(notice.arrive, at=at)
        journal.record(TruckArrived(subject=notice.subject, number=notice.number), at=at)
    return notice


@verb
def cancel(*, notice: ShipNotice, reason: str, by: Actor, at: datetime, seen: int, key: str) -> ShipNotice:
    with opening(by=by, key=key):
        with deciding(notice, by=by, seen=seen) as notice:
            allow(by, "receive_goods", notice)
            move(notice.cancel)
            cases.auto_resolve(kind="notice_mismatch", about=notice.subject, cause="check", by=by, at=at)
            journal.record(NoticeCancelled(subject=notice.subject, number=notice.number, reason=reason), at=at)
        arrivals.refresh_announced(notice.lines.values_list("order_line_id", flat=True))  # the door wrote its state
    return notice


def _order_lines(supplier: Supplier, site: Site, packed: list[Packed]) -> dict[int, PurchaseOrderLine]:
    if not packed:
        raise Refused(_("Say what is on the truck: a ship notice needs at least one line."))
    lines = PurchaseOrderLine.objects.everywhere(because="checked against supplier and site here")
    found = lines.filter(
        pk__in=[p.order_line_id for p in packed],
        order__supplier=supplier,
        order__site=site,
        order__status=OrderState.ISSUED,
    ).select_related("order", "item")
    by_key = {line.pk: line for line in found}
    if any(p.order_line_id not in by_key for p in packed):
        raise Refused(_("A line is not of an order on its way to %(site)s.") % {"site": site.name})
    if any(p.quantity <= 0 for p in packed):
        raise Refused(_("Every quantity on a ship notice must be more than zero."))
    return by_key


def _new_reference(supplier: Supplier, reference: str) -> None:
    if not reference.strip():
        raise Refused(_("Give the number of the delivery note."))
    taken = ShipNotice.objects.everywhere(because="a reference is the supplier's own")
    if taken.filter(supplier=supplier, reference=reference).exclude(status=NoticeState.CANCELLED).exists():
        raise Refused(_("A ship notice %(reference)s exists already.") % {"reference": reference})


def _flags(
    packed: list[Packed], lines: dict[int, PurchaseOrderLine], arrives_on: date, *, early: timedelta
) -> list[dict]:
    flags = []
    for number, line in enumerate(packed, start=1):
        ordered = lines[line.order_line_id]
        due = ordered.promised_on or ordered.need_by
        said = {"item": ordered.description, "open": plain(ordered.open), "due": day_text(due)}
        if line.quantity > ordered.open:
            sentence = _("%(item)s: more is announced than the %(open)s still open.") % said
            flags.append({"code": "over_open", "line": number, "sentence": sentence})
        promised = ordered.confirmed_quantity if ordered.confirmed_quantity is not None else ordered.ordered
        if line.quantity < min(promised - ordered.received, ordered.open):
            sentence = _("%(item)s: less is announced than was promised.") % said
            flags.append({"code": "under_promised", "line": number, "sentence": sentence})
        if arrives_on > due:
            sentence = _("%(item)s: arrives after the %(due)s that was agreed.") % said
            flags.append({"code": "late", "line": number, "sentence": sentence})
        elif arrives_on < due - early:
            sentence = _("%(item)s: arrives well before the %(due)s that was agreed.") % said
            flags.append({"code": "early", "line": number, "sentence": sentence})
    return flags


def _warn(notice: ShipNotice, *, by: Actor, at: datetime) -> None:
    cases.open_(
        kind="notice_mismatch",
        about=notice,
        about_title=f"{notice.number} from {notice.supplier.party.name}",
        about_url=f"/ship-notices/{notice.number}/",
        cause="check",
        summary=" ".join(flag["sentence"] for flag in notice.flags)[:300],
        entity_id=notice.site.entity_id,
        site_id=notice.site_id,
        supplier_id=notice.supplier_id,
        stake=Decimal(0),
        currency=notice.site.entity.currency,
        facts={"flags": notice.flags},
        by=by,
        at=at,
    )


def _announced(notice: ShipNotice, found: dict[int, PurchaseOrderLine], lines: int) -> ShipmentAnnounced:
    return ShipmentAnnounced(
        subject=notice.subject,
        number=notice.number,
        reference=notice.reference,
        supplier_id=notice.supplier_id,
        site_id=notice.site_id,
        arrives_on=notice.arrives_on.isoformat(),
        lines=lines,
        orders=sorted({line.order.number for line in found.values()}),
        flags=[flag["code"] for flag in notice.flags],
    )
