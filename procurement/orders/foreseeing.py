"""What a verb would do with many orders, before it does: by sets, so that it costs the same for one as for all."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.lifecycles import why_not
from foundation.scopes.permissions import NotYours, may
from foundation.screens.lists import Foreseen
from foundation.values.actor import Actor
from foundation.values.exact import plain
from governance.waivers import queries as waivers
from procurement.orders.actions.end import NOTHING_OPEN
from procurement.orders.actions.hand_over import ENDED_ALREADY
from procurement.orders.actions.issue import supplier_check
from procurement.orders.lifecycle import ENDED
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.orders.queries import OURS
from suppliers.contracts.models import ContractKind
from suppliers.documents import queries as documents

Orders = list[PurchaseOrder]
Found = dict[int, Foreseen]
Stops = Callable[[PurchaseOrder], Iterable[str]]


def foreseen(orders: Orders, by: Actor, verb: str, stops: Stops, does: Callable[[PurchaseOrder], str]) -> Found:
    """Of each order: that the person may not, else what stands against it, else what is done."""
    found = {}
    for order in orders:
        no = list(stops(order)) if may(by, verb, order) else [NotYours(verb, order.number).sentence]
        found[order.pk] = Foreseen(stops=no) if no else Foreseen(does(order))
    return found


def of_issue(orders: Orders, by: Actor, *, at: datetime) -> Found:
    """Sent to its supplier; against it speak its state, the supplier's, missing documents, a blanket's ceilings."""
    stopped = documents.stopped({order.supplier for order in orders}, on=at.date())
    ceilings = _beyond_ceilings(orders)
    met = {order.pk: supplier_check(order) for order in orders if not order.supplier.may_be_ordered_from}
    passed = waivers.covering(met.values(), at=at)

    def stops(order: PurchaseOrder) -> Iterator[str]:
        order.has_waiver = met.get(order.pk) in passed
        order.document_stops = documents.stops(stopped[order.supplier_id], entity_id=order.entity_id)
        yield from why_not(order.issue)
        yield from ceilings.get(order.pk, [])

    def does(order: PurchaseOrder) -> str:
        said = {"supplier": order.supplier.party.name, "amount": _money(order), "n": order.line_count}
        text = ngettext(
            "Goes to %(supplier)s: %(n)d line, %(amount)s.",
            "Goes to %(supplier)s: %(n)d lines, %(amount)s.",
            order.line_count,
        )
        return text % said

    return foreseen(orders, by, "issue_order", stops, does)


def of_rest(orders: Orders, by: Actor) -> Found:
    """What is still open is given up: so many lines, so much money."""
    lines = PurchaseOrderLine.objects.everywhere(because=OURS).filter(order__in=orders, open__gt=0)
    rows = lines.order_by().values("order").annotate(n=Count("pk"), worth=Sum(F("open") * F("price")))
    open_ = {row["order"]: row for row in rows}

    def stops(order: PurchaseOrder) -> list[str]:
        return why_not(order.revise) or ([] if order.pk in open_ else [str(NOTHING_OPEN)])

    def does(order: PurchaseOrder) -> str:
        row = open_[order.pk]
        said = {"n": row["n"], "amount": _money(order, row["worth"]), "supplier": order.supplier.party.name}
        text = ngettext(
            "%(n)d open line is given up, %(amount)s; %(supplier)s is told.",
            "%(n)d open lines are given up, %(amount)s; %(supplier)s is told.",
            row["n"],
        )
        return text % said

    return foreseen(orders, by, "change_order", stops, does)


def of_hand_over(orders: Orders, by: Actor) -> Found:
    def does(order: PurchaseOrder) -> str:
        now = order.buyer.name if order.buyer else _("nobody")
        return _("Its buyer is %(name)s now.") % {"name": now}

    return foreseen(
        orders, by, "change_order", lambda order: [str(ENDED_ALREADY)] if order.status in ENDED else [], does
    )


def _beyond_ceilings(orders: Orders) -> dict[int, list[str]]:
    """Orders, sent in this sequence, that a blanket order no longer has room for."""
    lines = PurchaseOrderLine.objects.everywhere(because=OURS).filter(
        order__in=orders, contract_line__contract__kind=ContractKind.BLANKET
    )
    found: dict[int, list[str]] = {}
    called: dict[tuple[str, int], Decimal] = {}
    for line in lines.select_related("contract_line__contract", "contract_line__item").order_by("order", "number"):
        agreed, contract = line.contract_line, line.contract_line.contract
        room = [
            (("line", agreed.pk), agreed.ceiling_quantity, agreed.called_quantity, line.ordered),
            (("whole", contract.pk), contract.ceiling_amount, contract.called_amount, line.ordered * agreed.price),
        ]
        for key, most, before, more in room:
            called[key] = called.get(key, before) + more
            if most is not None and called[key] > most:
                said = {
                    "number": contract.number,
                    "sku": agreed.item.sku,
                    "left": plain(max(most - before, Decimal(0))),
                }
                why = (
                    _("%(number)s has only %(left)s left for %(sku)s.")
                    if key[0] == "line"
                    else _("%(number)s has only %(left)s left in all.")
                )
                found.setdefault(line.order_id, []).append(why % said)
    return found


def _money(order: PurchaseOrder, amount: Decimal | None = None) -> str:
    return f"{order.currency} {plain(order.amount if amount is None else amount, 2)}"
