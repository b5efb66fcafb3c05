"""What a supplier may ask about his trucks. Columns are named: the others do not exist for the portal's role."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from foundation.values.actor import Actor
from procurement.orders import portal_queries as orders
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from receiving.notices.lifecycle import UNRECEIVED, NoticeState
from receiving.notices.models import HandlingUnit, NoticeDraft, ShipNotice, ShipNoticeLine, UnitContent
from receiving.notices.portal_packing import ranges

NOTICE = (
    *("number", "public_id", "supplier_id", "reference", "ships_on", "arrives_on", "package_count", "flags"),
    *("carrier", "tracking", "status", "announced_at", "site__code", "site__name", "site__city", "site__country"),
    *("site__address", "site__timezone"),
)
LINE = (
    *orders.LINE,
    *("order__number", "order__public_id", "item__gtin", "item__tracks_expiry", "item__tracks_serials"),
    *("item__needs_certificate", "item__base_unit__code", "item__base_unit__is_whole"),
)
MOST_ORDERS = 10
"""Further orders offered for the same truck."""


def shipments_of(actor: Actor) -> QuerySet[ShipNotice]:
    return ShipNotice.objects.visible_to(actor).select_related("site").only(*NOTICE)


def lines_of(loaded: list[PurchaseOrder]) -> list[PurchaseOrderLine]:
    """Lines of these orders of which something is open, order by order."""
    rows = PurchaseOrderLine.objects.everywhere(because=orders.BECAUSE).filter(order__in=loaded, open__gt=0)
    found = rows.select_related("order", "unit", "item__base_unit").only(*LINE).order_by("order_id", "number")
    place = {order.pk: place for place, order in enumerate(loaded)}
    return sorted(found, key=lambda line: (place[line.order_id], line.number))


def may_join(order: PurchaseOrder, actor: Actor) -> list[PurchaseOrder]:
    """Other orders to the same site that are ready: they may stand on the same truck."""
    rows = orders.to_ship(orders.orders_of(actor)).filter(site=order.site_id).exclude(pk=order.pk)
    return list(rows.order_by("need_by", "pk")[:MOST_ORDERS])


def announced(loaded: list[PurchaseOrder]) -> dict[int, Decimal]:
    """Order line -> what of it is on its way already, in base units."""
    rows = ShipNoticeLine.objects.everywhere(because=orders.BECAUSE).filter(
        order_line__order__in=loaded, notice__status__in=UNRECEIVED
    )
    sums = rows.order_by().values("order_line_id").annotate(coming=Sum(F("quantity") - F("received")))
    return {row["order_line_id"]: row["coming"] for row in sums}


@dataclass(frozen=True)
class Last:
    """How the supplier packed his last truck to the same site."""

    carrier: str = ""
    units: int = 0
    package: str = ""
    prefix: str = ""
    on: tuple[tuple[str, str], ...] = ()
    """(SKU, the pallets it stood on)."""


def last_truck(order: PurchaseOrder, actor: Actor) -> Last:
    """Two queries."""
    rows = ShipNotice.objects.visible_to(actor).filter(site=order.site_id).exclude(status=NoticeState.CANCELLED)
    notice = rows.select_related("submission").only("carrier", "submission__body").order_by("-pk").first()
    if notice is None:
        return Last()
    contents = UnitContent.objects.everywhere(because=orders.BECAUSE).filter(unit__notice=notice)
    stood: dict[str, set[int]] = {}
    columns = ("unit__number", "unit__package", "line__order_line__item__sku")
    packed = list(contents.order_by("unit__number").values_list(*columns))
    for number, _package, item in packed:
        stood.setdefault(item or "", set()).add(number)
    said = notice.submission.body if notice.submission else {}
    return Last(
        carrier=notice.carrier,
        units=packed[-1][0] if packed else 0,
        package=packed[-1][1] if packed else "",
        prefix=str(said.get("sscc_prefix") or ""),
        on=tuple((item, ranges(units)) for item, units in stood.items()),
    )


def prefix_of(order: PurchaseOrder) -> str:
    """The buyer's GS1 company prefix."""
    rows = PurchaseOrder.objects.everywhere(because=orders.BECAUSE).filter(pk=order.pk)
    return str(rows.values_list("entity__gs1_prefix", flat=True).get())


def orders_on(notice: ShipNotice) -> list[PurchaseOrder]:
    """Those whose goods are on it."""
    rows = PurchaseOrder.objects.everywhere(because=orders.BECAUSE).filter(lines__announced__notice=notice)
    return list(rows.distinct().only("number", "public_id").order_by("number"))


def draft_of(order: PurchaseOrder, actor: Actor) -> NoticeDraft | None:
    return NoticeDraft.objects.filter(order=order, person=actor.person_id).first()


def unit_with(notice: ShipNotice, sscc: str) -> HandlingUnit | None:
    return notice.units.filter(sscc=sscc).first()
