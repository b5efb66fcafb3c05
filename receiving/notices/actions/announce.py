"""Take in what a supplier says is on the truck."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrderLine
from receiving.arrivals import actions as arrivals
from receiving.notices import checking, rules, ssccs
from receiving.notices.events import ShipmentAnnounced
from receiving.notices.lifecycle import NoticeState
from receiving.notices.models import HandlingUnit, ShipNotice, ShipNoticeLine, UnitContent
from receiving.notices.rules import Packed, PackedUnit
from suppliers.submissions.models import Submission
from suppliers.suppliers.models import Supplier


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
    units: Iterable[PackedUnit] = (),
    sscc_prefix: str | None = None,
    carrier: str = "",
    tracking: str = "",
    package_count: int = 1,
    submission: Submission | None = None,
) -> ShipNotice:
    """Take in what the supplier says is on the truck, and check it against the orders before it arrives.

    What does not fit is flagged and opens a case; the truck is not stopped. Refused when a line is not of an order
    on its way from this supplier to this site, when the reference was used before, and when lines and units
    contradict each other (``rules.objections``). With ``sscc_prefix`` units without an SSCC are given one; empty, it
    is the buyer's own GS1 prefix.
    """
    packed, units = list(packed), list(units)
    found = _order_lines(supplier, site, packed)
    _sound(packed, units, found)
    _free_ssccs(supplier, units, at)
    said = [(n, found[line.order_line_id], line.quantity) for n, line in enumerate(packed, start=1)]
    papers = frozenset(n for n, line in enumerate(packed, start=1) if line.certificate)
    flags = checking.flags(said, arrives_on=arrives_on, early=checking.early_days(site, at), papers=papers)
    notice = ShipNotice(
        number=numbering.take("SN", site.entity.code, today(site, at)),
        supplier=supplier,
        site=site,
        reference=reference,
        ships_on=ships_on,
        arrives_on=arrives_on,
        carrier=carrier,
        tracking=tracking,
        package_count=sum(unit.around is None for unit in units) or package_count,
        submission=submission,
        announced_at=at,
        flags=flags,
        status=NoticeState.FLAGGED if flags else NoticeState.ACCEPTED,
    )
    if by.is_human and by.kind != "supplier":
        allow(by, "receive_goods", notice)
    _new_reference(supplier, reference)
    with deciding(notice, by=by, key=key) as notice:
        _keep(notice, packed, units, _labels(notice, units, sscc_prefix, at), at)
        arrivals.refresh_announced(line.order_line_id for line in packed)
        if flags:
            checking.warn(notice, by=by, at=at)
        orders = sorted({line.order.number for line in found.values()})
        journal.record(_announced(notice, orders, len(packed), len(units)), at=at)
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
    ).select_related("order", "item__base_unit")
    by_key = {line.pk: line for line in found}
    if any(p.order_line_id not in by_key for p in packed):
        raise Refused(_("A line is not of an order on its way to %(site)s.") % {"site": site.name})
    if any(p.quantity <= 0 for p in packed):
        raise Refused(_("Every quantity on a ship notice must be more than zero."))
    return by_key


def _sound(packed: list[Packed], units: list[PackedUnit], found: dict[int, PurchaseOrderLine]) -> None:
    wants = [checking.wants_of(found[line.order_line_id]) for line in packed]
    if said := rules.objections(packed, units) or rules.missing(packed, units, wants):
        raise Refused(*said)


def _free_ssccs(supplier: Supplier, units: list[PackedUnit], at: datetime) -> None:
    """None stands on another unit of this supplier. Of two at once the later meets the constraint and tries again."""
    if taken := ssccs.taken_of(supplier.pk, [unit.sscc for unit in units if unit.sscc], at=at):
        sentence = _("SSCC %(sscc)s stood on another unit less than a year ago: every unit has its own.")
        raise Refused(*(sentence % {"sscc": sscc} for sscc in taken))


def _new_reference(supplier: Supplier, reference: str) -> None:
    if not reference.strip():
        raise Refused(_("Give the number of the delivery note."))
    taken = ShipNotice.objects.everywhere(because="a reference is the supplier's own")
    if taken.filter(supplier=supplier, reference=reference).exclude(status=NoticeState.CANCELLED).exists():
        raise Refused(_("A ship notice %(reference)s exists already.") % {"reference": reference})


def _labels(notice: ShipNotice, units: list[PackedUnit], prefix: str | None, at: datetime) -> dict[int, str]:
    """Number of the unit -> its SSCC: the one it came with, or a new one where some are wanted."""
    labels = {unit.number: unit.sscc for unit in units}
    bare = [number for number, sscc in labels.items() if not sscc]
    if prefix is None or not bare:
        return labels
    prefix = prefix or notice.site.entity.gs1_prefix
    if not prefix:
        raise Refused(
            _("%(entity)s has no GS1 prefix to number your pallets with: give your own, or type the SSCCs.")
            % {"entity": notice.site.entity.name}
        )
    if not re.fullmatch(ssccs.PREFIX, prefix):
        raise Refused(_("A GS1 company prefix has 6 to 12 digits, such as 8712345."))
    made = ssccs.make(len(bare), prefix=prefix, supplier_id=notice.supplier_id, at=at)
    return labels | dict(zip(bare, made, strict=True))


def _keep(
    notice: ShipNotice, packed: list[Packed], units: list[PackedUnit], labels: dict[int, str], at: datetime
) -> None:
    """Lines, units and what stands on them: a statement for each kind, whatever their number."""
    lines = ShipNoticeLine.objects.bulk_create(
        ShipNoticeLine(
            notice=notice,
            number=number,
            order_line_id=line.order_line_id,
            quantity=line.quantity,
            lot=line.lot,
            expires_on=line.expires_on,
            serials=list(line.serials),
            certificate=line.certificate,
        )
        for number, line in enumerate(packed, start=1)
    )
    ssccs.let_go(notice.supplier_id, [sscc for sscc in labels.values() if sscc], at=at)
    made = {
        unit.number: HandlingUnit(
            notice=notice,
            number=unit.number,
            sscc=labels[unit.number],
            package=unit.package,
            gross_weight=unit.gross_weight,
            supplier_id=notice.supplier_id,
        )
        for unit in units
    }
    HandlingUnit.objects.bulk_create(made.values())
    inner = {made[unit.number]: made[unit.around] for unit in units if unit.around is not None}
    for each, around in inner.items():
        each.around = around
    HandlingUnit._base_manager.bulk_update(inner, ["around"])
    UnitContent.objects.bulk_create(
        UnitContent(
            unit=made[unit.number], line=lines[held.line - 1], quantity=held.quantity, serials=list(held.serials)
        )
        for unit in units
        for held in unit.holds
    )


def _announced(notice: ShipNotice, orders: list[str], lines: int, units: int) -> ShipmentAnnounced:
    return ShipmentAnnounced(
        subject=notice.subject,
        number=notice.number,
        reference=notice.reference,
        supplier_id=notice.supplier_id,
        site_id=notice.site_id,
        arrives_on=notice.arrives_on.isoformat(),
        lines=lines,
        units=units,
        orders=orders,
        flags=[flag["code"] for flag in notice.flags],
    )
