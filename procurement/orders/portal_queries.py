"""What a supplier may ask about his orders. Columns are named: the others do not exist for the portal's role."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from foundation.screens import tones
from foundation.screens.directory import names_of
from foundation.screens.tones import Shown
from foundation.values.actor import Actor
from foundation.values.exact import plain
from procurement.changes.lifecycle import UNDECIDED, ChangeState
from procurement.changes.models import ChangeRequest, Origin
from procurement.confirmations.models import Confirmation, ConfirmationLine
from procurement.confirmations.rules import AS_ORDERED, DEVIATES
from procurement.orders.actions.issue import TOLERANCES
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import Confirmed, OrderRevision, PurchaseOrder, PurchaseOrderLine
from suppliers.submissions.models import Submission, SubmissionKind
from suppliers.supplier_items.models import PriceBreak

BECAUSE = "of an order that the supplier sees"
ORDER = (
    *("number", "public_id", "currency", "amount", "status", "need_by", "confirmed", "confirm_by", "revision"),
    *("supplier_reference", "line_count", "open_line_count", "issued_at", "received_at", "closed_at"),
    *("payment_terms", "incoterm", "note", "supplier_id", "entity_id", "site__code", "site__name", "site__timezone"),
)
LINE = (
    *("order_id", "number", "supplier_sku", "description", "numerator", "denominator", "price", "amount", "need_by"),
    *("promised_on", "confirmed_quantity", "closed_short", "ordered", "over", "open", "received", "cancelled"),
    *("item__sku", "item__tracks_lots", "unit__code", "unit__is_whole"),
)
UNANSWERED = (Confirmed.NONE, Confirmed.ACKNOWLEDGED, Confirmed.PARTLY)


def orders_of(actor: Actor) -> QuerySet[PurchaseOrder]:
    """The supplier's orders with all that a list shows, ``asked_again`` among it: the buyer changed it since."""
    answered = Confirmation.objects.everywhere(because=BECAUSE).filter(
        order=OuterRef("order"), revision__gt=OuterRef("base_revision")
    )
    changes = ChangeRequest.objects.everywhere(because=BECAUSE).filter(
        ~Exists(answered), order=OuterRef("pk"), origin=Origin.BUYER, status=ChangeState.AWAITING_SUPPLIER
    )
    rows = PurchaseOrder.objects.visible_to(actor).annotate(asked_again=Exists(changes))
    return rows.select_related("site").only(*ORDER)


def order_pages(actor: Actor) -> QuerySet[PurchaseOrder]:
    """With the tolerances that answers are judged by: those it went out with."""
    return orders_of(actor).only(*ORDER, *TOLERANCES)


def to_confirm(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    return orders.filter(status=OrderState.ISSUED, asked_again=False, open_line_count__gt=0, confirmed__in=UNANSWERED)


def changed(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    return orders.filter(status=OrderState.ISSUED, asked_again=True)


def answered(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    return orders.filter(status=OrderState.ISSUED, asked_again=False).exclude(confirmed__in=UNANSWERED)


def late(orders: QuerySet[PurchaseOrder], on: date) -> QuerySet[PurchaseOrder]:
    due = Coalesce("promised_on", "need_by")
    lines = PurchaseOrderLine.objects.everywhere(because=BECAUSE).filter(order=OuterRef("pk"), open__gt=0)
    return orders.filter(Exists(lines.annotate(due=due).filter(due__lt=on)), status=OrderState.ISSUED)


def to_ship(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    """What was agreed on; while the buyer decides about an answer, nobody sends what may not be wanted."""
    return answered(orders).filter(open_line_count__gt=0).exclude(confirmed__in=[Confirmed.REJECTED, Confirmed.CHANGED])


def must_answer(order: Any) -> bool:
    """Whether the buyer waits for an answer."""
    waits = order.asked_again or order.confirmed in UNANSWERED
    return order.status == OrderState.ISSUED and order.open_line_count > 0 and waits


def answer_due(order: Any) -> datetime | None:
    """Until when the buyer waits for an answer; nothing once there is one."""
    return order.confirm_by if must_answer(order) else None


def state(order: Any) -> Shown:
    """How an order stands, in the supplier's words."""
    if order.status != OrderState.ISSUED:
        return Shown(tones.NEUTRAL, str(order.get_status_display()))
    if order.asked_again:
        return Shown(tones.WARN, _("Changed by the buyer"))
    said = {
        Confirmed.NONE: (tones.WAIT, _("To confirm")),
        Confirmed.ACKNOWLEDGED: (tones.WAIT, _("To confirm")),
        Confirmed.PARTLY: (tones.WAIT, _("Partly confirmed")),
        Confirmed.CONFIRMED: (tones.OK, _("Confirmed")),
        Confirmed.DEEMED: (tones.OK, _("Counts as confirmed")),
        Confirmed.CHANGED: (tones.INFO, _("The buyer decides")),
        Confirmed.REJECTED: (tones.BAD, _("You refused it")),
    }
    return Shown(*said[Confirmed(order.confirmed)])


def settled(order: Any) -> str:
    """Why the order cannot be answered any more; nothing while it can."""
    if order.status == OrderState.CANCELLED:
        return _("The buyer cancelled this order: there is nothing to deliver and nothing to answer.")
    if order.status != OrderState.ISSUED:
        return _("This order is closed: nothing more is expected of you, and it can no longer be answered.")
    if not order.open_line_count:
        return _("Nothing of this order is open any more: everything is received or no longer awaited.")
    return ""


def lines_of(order: PurchaseOrder) -> list[PurchaseOrderLine]:
    return list(order.lines.select_related("item", "unit").only(*LINE).order_by("number"))


def answers_of(order: PurchaseOrder) -> list[Confirmation]:
    """What the supplier answered so far, newest first, each with its lines in ``said``."""
    lines = ConfirmationLine.objects.select_related("order_line").only(
        "confirmation_id",
        "code",
        "quantity",
        "promised_on",
        "price",
        "verdict",
        "sentence",
        "reason",
        "order_line__number",
    )
    differing = Prefetch("lines", queryset=lines.exclude(verdict=AS_ORDERED).order_by("id"), to_attr="said")
    rows = Confirmation.objects.everywhere(because=BECAUSE).filter(order=order)
    hidden = [f"{of}{name}" for of in ("", "change__") for name in ("version", "chain_length", "chain_head")]
    rows = rows.select_related("change").defer(*hidden, "change__case", "change__reason")
    return list(rows.prefetch_related(differing).order_by("-pk"))


def undecided(answers: Iterable[Any]) -> dict[int, str]:
    """Line number -> what was proposed of it and waits for the buyer; ``answers`` as ``answers_of`` gives them."""
    waiting = [answer for answer in answers if answer.change and answer.change.status in UNDECIDED]
    return {
        line.order_line.number: line.sentence
        for answer in reversed(waiting)
        for line in answer.said
        if line.verdict == DEVIATES
    }


def said_about(order: PurchaseOrder) -> QuerySet[Submission]:
    """Every answer that was sent to the order, newest first, also those that are not taken over yet."""
    rows = Submission.objects.everywhere(because=BECAUSE).filter(supplier=order.supplier_id, about=order.public_id)
    return rows.filter(kind=SubmissionKind.CONFIRMATION).order_by("-pk")


def last_said(order: PurchaseOrder) -> tuple[Submission, str]:
    """The newest answer that was sent to the order, and who sent it."""
    newest = said_about(order)[0]
    return newest, names_of([newest.by])[newest.by]


def quotes(on: date) -> dict[int, Decimal]:
    """Item -> what the supplier's own price list asks for one unit on this day, at the smallest quantity."""
    rows = PriceBreak.objects.filter(valid_from__lte=on, quantity_from=0).exclude(valid_to__lt=on)
    return dict(rows.order_by("valid_from").values_list("supplier_item__item_id", "price"))


@dataclass(frozen=True)
class Change:
    """One thing that a newer revision says differently."""

    line: int
    field: str
    before: str
    after: str


def content(order: PurchaseOrder, number: int) -> dict[str, Any] | None:
    """What the supplier was shown as revision ``number``."""
    return OrderRevision.objects.filter(order=order, number=number).values_list("content", flat=True).first()


def contents(orders: Iterable[PurchaseOrder]) -> dict[int, dict[int, dict[str, Any]]]:
    """Order -> revision -> what the supplier was shown; one query."""
    found: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    rows = OrderRevision.objects.filter(order__in=[order.pk for order in orders])
    for order, number, said in rows.values_list("order_id", "number", "content"):
        found[order][number] = said
    return found


def line_of(content: dict[str, Any] | None, number: int) -> dict[str, Any] | None:
    """One line of a revision."""
    return next((line for line in content["lines"] if line["number"] == number), None) if content else None


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """What changed between two revisions, line by line, in words."""
    old, new = ({line["number"]: line for line in one["lines"]} for one in (before, after))
    fields = {"quantity": _("Quantity"), "price": _("Price"), "need_by": _("Wanted date")}
    found = []
    for number, line in sorted(new.items()):
        was = old.get(number)
        if was is None:
            found.append(Change(number, _("Line"), "–", line["description"]))
        elif line["is_cancelled"] and not was["is_cancelled"]:
            found.append(Change(number, _("Line"), line["description"], _("cancelled")))
        else:
            found += [
                Change(number, label, written(was[name]), written(line[name]))
                for name, label in fields.items()
                if was[name] != line[name]
            ]
    return found


def written(value: str) -> str:
    """A frozen figure or day as people read it."""
    return value if value[4:5] == "-" else plain(Decimal(value))
