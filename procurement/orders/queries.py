"""What can be asked about orders."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Avg,
    CharField,
    Count,
    DateField,
    DecimalField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, Least, NullIf
from django.utils.timezone import now

from foundation.values.actor import Actor
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from organization.items.models import Category
from organization.notifications.models import Mail
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import Confirmed, OrderRevision, PurchaseOrder, PurchaseOrderLine
from suppliers.terms.queries import terms_of
from suppliers.terms.rules import Terms

LINE_RELATED = ["item__base_unit", "category", "unit", "contract_line", "commitment"]
SUBJECT = "procurement.purchaseorder:"
UNANSWERED = [Confirmed.NONE, Confirmed.ACKNOWLEDGED]
OURS = "lines of orders that are visible"
DUE = Coalesce("promised_on", "need_by", output_field=DateField())
"""When a line is expected: as promised, else as asked."""


def order_rows(actor: Actor) -> QuerySet[PurchaseOrder]:
    """Rows of the list. Progress, promise and cases are looked up for the rows shown only."""
    lines = PurchaseOrderLine.objects.everywhere(because=OURS).filter(order=OuterRef("pk")).order_by().values("order")
    shares = {
        "confirmed": _share(Coalesce("confirmed_quantity", Decimal(0))),
        "received": _share(F("received")),
        "invoiced": _share(Coalesce("commitment__billed", Decimal(0))),
    }
    cases = Case.objects.everywhere(because=OURS).filter(
        about=Concat(Value(SUBJECT), OuterRef("pk")), status__in=UNSOLVED
    )
    counted = cases.order_by().values("about").annotate(n=Count("pk")).values("n")
    rows = PurchaseOrder.objects.visible_to(actor).select_related("supplier__party", "site", "buyer")
    return rows.annotate(
        progress=Subquery(lines.annotate(shares=JSONObject(**shares)).values("shares")),
        promised=Subquery(_last_promise()),
        case_count=Coalesce(Subquery(counted), 0),
    )


def _share(part: Any) -> Avg:
    whole = NullIf(F("ordered"), Decimal(0))
    return Avg(Least(part, F("ordered")) / whole, output_field=DecimalField(max_digits=20, decimal_places=6))


def _last_promise() -> QuerySet:
    lines = PurchaseOrderLine.objects.everywhere(because=OURS).filter(order=OuterRef("pk"), promised_on__isnull=False)
    return lines.order_by("-promised_on").values("promised_on")[:1]


def late(orders: QuerySet[PurchaseOrder], on: date) -> QuerySet[PurchaseOrder]:
    """Issued, and something that should be here is not."""
    open_ = PurchaseOrderLine.objects.everywhere(because=OURS).filter(order=OuterRef("pk"), open__gt=0)
    return orders.filter(Exists(open_.annotate(due=DUE).filter(due__lt=on)), status=OrderState.ISSUED)


def partly_received(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    return orders.filter(status=OrderState.ISSUED, received_at__isnull=False, open_line_count__gt=0)


def unconfirmed(orders: QuerySet[PurchaseOrder], *, overdue: bool = False) -> QuerySet[PurchaseOrder]:
    """On their way without an answer; ``overdue``: the supplier has had longer than agreed."""
    waiting = orders.filter(status=OrderState.ISSUED, confirmed__in=UNANSWERED)
    return waiting.filter(confirm_by__lt=now()) if overdue else waiting


def order_pages(actor: Actor) -> QuerySet[PurchaseOrder]:
    """What a page shows of the header."""
    related = ["supplier__party", "site", "entity", "buyer", "cost_center", "merged_into"]
    return PurchaseOrder.objects.visible_to(actor).select_related(*related)


def with_mail(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    """Each with ``mail``: what became of the last mail about it (status, to, sent_at)."""
    thread = Concat(Value("order:"), Cast("public_id", CharField()))
    said = JSONObject(status="status", to="to", sent_at="sent_at")
    mails = Mail.objects.filter(thread=OuterRef("thread")).order_by("-pk").values(said=said)
    return orders.annotate(thread=thread, mail=Subquery(mails[:1]))


def named_lines(order: PurchaseOrder) -> list[PurchaseOrderLine]:
    """The lines with the names that a revision of the order spells out."""
    return list(order.lines.select_related("item__base_unit", "unit").order_by("number"))


def full_lines(order: PurchaseOrder) -> list[PurchaseOrderLine]:
    """The lines with everything a page, a revision or a message needs, in one query."""
    return list(order.lines.select_related(*LINE_RELATED).order_by("number"))


def lines_with_sources(order: PurchaseOrder) -> list[PurchaseOrderLine]:
    """The lines, each with the request lines it serves: two queries."""
    lines = order.lines.select_related(*LINE_RELATED).prefetch_related("sources__requisition_line__requisition")
    return list(lines.order_by("number"))


def terms_in_force(order: PurchaseOrder, on: date) -> Terms:
    """What is agreed with the supplier on a day for what this order buys."""
    paths = Category.objects.filter(pk__in=order.category_ids).values_list("path", flat=True)
    where = {"entity_id": order.entity_id, "site_id": order.site_id}
    return terms_of(order.supplier, **where, category_paths=paths, on=on)


def revision(order: PurchaseOrder, number: int) -> OrderRevision | None:
    return order.revisions.filter(number=number).first()
