"""What is late, what is chased, and whom it waits for."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import DateField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from governance.cases.lifecycle import UNSOLVED, CaseState
from governance.cases.models import Case
from organization.notifications.models import Mail
from procurement.changes.lifecycle import UNDECIDED
from procurement.changes.models import ChangeRequest, Origin
from procurement.chasing.models import Chase, Late, Waits
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.orders.queries import DUE, UNANSWERED

BECAUSE = "the clock looks at every order"
TO_ANSWER = Value("revision ")
Carried = Callable[[Iterable[int]], set[int]]
"""Which of these orders are on a truck: known above, said once by ``provide``."""
_carried: list[Carried] = []


def provide(carried: Carried) -> None:
    _carried[:] = [carried]


def unanswered(at: datetime) -> QuerySet[PurchaseOrder]:
    """Past the day of the answer, and not chased for this revision."""
    chased = Chase.objects.everywhere(because=BECAUSE).filter(
        order=OuterRef("pk"),
        kind=Late.CONFIRMATION,
        cause=Concat(TO_ANSWER, Cast(OuterRef("revision"), Chase._meta.get_field("cause"))),
    )
    return _issued().filter(~Exists(chased), confirmed__in=UNANSWERED, confirm_by__lt=at)


def undelivered(on: date) -> QuerySet[PurchaseOrder]:
    """Something should have come before this day, and is not chased for that day."""
    late = PurchaseOrderLine.objects.everywhere(because=BECAUSE).filter(order=OuterRef("pk"), open__gt=0)
    due = late.order_by().values("order").annotate(first=Min(DUE)).values("first")
    rows = _issued().annotate(due=Subquery(due, output_field=DateField())).filter(due__lt=on)
    cause = Cast(OuterRef("due"), Chase._meta.get_field("cause"))
    chased = Chase.objects.everywhere(because=BECAUSE).filter(order=OuterRef("pk"), kind=Late.SHIPMENT, cause=cause)
    return rows.filter(~Exists(chased))


def to_deem(at: datetime) -> QuerySet[PurchaseOrder]:
    """Silent for as long as was agreed to be a yes."""
    return _issued().filter(confirmed__in=UNANSWERED, deemed_at__lte=at)


def _issued() -> QuerySet[PurchaseOrder]:
    rows = PurchaseOrder.objects.everywhere(because=BECAUSE).filter(status=OrderState.ISSUED)
    return rows.select_related("supplier__party", "site", "entity").order_by("pk")


def open_chases() -> QuerySet[Chase]:
    rows = Chase.objects.everywhere(because=BECAUSE).filter(settled_at=None)
    return rows.select_related("order__supplier__party", "order__site", "order__entity").order_by("pk")


def due(at: datetime) -> QuerySet[Chase]:
    return open_chases().filter(next_at__lte=at, waits_for=Waits.SUPPLIER)


def over(on: date) -> QuerySet[Chase]:
    """Chases of what is not late any more: answered, delivered, put off, or of an order that is closed."""
    late = PurchaseOrderLine.objects.everywhere(because=BECAUSE).filter(order=OuterRef("order"), open__gt=0)
    same_day = late.annotate(due=DUE).filter(due=Cast(OuterRef("cause"), DateField()))
    answered = Q(kind=Late.CONFIRMATION) & ~Q(order__confirmed__in=UNANSWERED)
    shipped = Q(kind=Late.SHIPMENT) & ~Exists(same_day)
    return open_chases().filter(~Q(order__status=OrderState.ISSUED) | answered | shipped)


def turned(rows: Iterable[Chase]) -> dict[Chase, Waits]:
    """Chases that wait for somebody else than is noted, and for whom: four queries for all of them."""
    rows = list(rows)
    orders = {row.order_id for row in rows}
    asked = set(_asking(orders)) | set(_held_by_us(orders))
    unreached = _unreached(row.order.public_id for row in rows)
    carried = _carried[0](orders) if _carried and orders else set()

    def whose(row: Chase) -> Waits:
        if row.order_id in asked:
            return Waits.US
        if row.kind == Late.SHIPMENT and row.order_id in carried:
            return Waits.CARRIER
        return Waits.SYSTEM if row.order.public_id in unreached else Waits.SUPPLIER

    return {row: now for row in rows if (now := whose(row)) != row.waits_for}


def _asking(orders: set[int]) -> QuerySet:
    """The supplier asked for another date, price or quantity: the next word is ours."""
    rows = ChangeRequest.objects.everywhere(because=BECAUSE)
    return rows.filter(order__in=orders, origin=Origin.SUPPLIER, status__in=UNDECIDED).values_list("order", flat=True)


def _held_by_us(orders: set[int]) -> set[int]:
    """Somebody of ours was asked in a case about the order."""
    label = PurchaseOrder._meta.label_lower
    rows = Case.objects.everywhere(because=BECAUSE).filter(
        about__in=[f"{label}:{pk}" for pk in orders], status__in=UNSOLVED
    )
    waiting = rows.filter(status=CaseState.WAITING_INTERNAL).values_list("about", flat=True)
    return {int(about.partition(":")[2]) for about in waiting}


def _unreached(public_ids: Iterable[object]) -> set[object]:
    """Orders about which every mail failed: the supplier was never told."""
    by_thread = {f"order:{public_id}": public_id for public_id in public_ids}
    mails = Mail.objects.filter(thread__in=by_thread)
    failed = set(mails.filter(status=Mail.Status.FAILED).values_list("thread", flat=True))
    went = set(mails.exclude(status=Mail.Status.FAILED).values_list("thread", flat=True))
    return {by_thread[thread] for thread in failed - went}


def of_order(order: PurchaseOrder) -> list[Chase]:
    """For the order's page: what is and was chased, latest first."""
    return list(order.chases.select_related("case").order_by(F("settled_at").desc(nulls_first=True), "-pk"))
