"""The supplier's list of orders, and what of it stands on the start page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from foundation.screens import areas, lists
from foundation.screens.areas import Area
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from foundation.values.portal_roles import PortalRole
from procurement.orders import portal_queries as queries
from procurement.orders.models import PurchaseOrder
from suppliers.portal import Todo, todo

Narrow = Callable[[QuerySet[PurchaseOrder]], QuerySet[PurchaseOrder]]


def address(order: PurchaseOrder) -> str:
    return reverse("portal:order", args=[order.public_id])


ORDERS = lists.List(
    "portal-orders",
    title=_("Orders"),
    columns=[
        lists.Column("number", _("Order"), sort="number", kind="code"),
        lists.Column("supplier_reference", _("Your reference"), sort="supplier_reference"),
        lists.Column("site", _("Deliver to"), sort="site__name", value="site.name"),
        lists.Column("line_count", _("Lines"), sort="line_count", kind="number"),
        lists.Column("amount", _("Value"), sort="amount", kind="money", currency="currency"),
        lists.Column("need_by", _("Wanted"), sort="need_by", kind="date"),
        lists.Column(
            "confirm_by", _("Answer due"), sort="confirm_by", kind="instant", value=queries.answer_due, is_brief=True
        ),
        lists.Column("state", _("State"), kind="state", value=queries.state),
    ],
    filters=[
        lists.Search(["number", "supplier_reference", "site__name"]),
        lists.Flag("to_confirm", _("To confirm"), lambda rows, _actor: queries.to_confirm(rows)),
        lists.Flag("changed", _("Changed"), lambda rows, _actor: queries.changed(rows)),
        lists.Flag("answered", _("Confirmed"), lambda rows, _actor: queries.answered(rows)),
        lists.Flag("late", _("Late"), lambda rows, _actor: queries.late(rows, localdate())),
    ],
    views=[
        lists.View(
            "to-confirm",
            _("To confirm"),
            {"to_confirm": "1", "sort": "confirm_by", "size": "200"},
            empty=_("Nothing to confirm. A new order comes by mail and stands here until you answer it."),
        ),
        lists.View(
            "changed",
            _("Changed"),
            {"changed": "1", "sort": "confirm_by"},
            empty=_("The buyer has changed nothing since you answered."),
        ),
        lists.View(
            "confirmed",
            _("Confirmed"),
            {"answered": "1", "sort": "need_by"},
            empty=_("No open order is confirmed. Look under “To confirm”, or under “All” for closed ones."),
        ),
        lists.View("late", _("Late"), {"late": "1", "sort": "need_by"}, empty=_("Nothing is late. Thank you.")),
        lists.View("all", _("All")),
    ],
    bulk=[lists.Bulk("confirm", _("Confirm as ordered"), "portal:orders-confirm", verb="see_order", is_primary=True)],
    url=address,
    counted=ngettext_lazy("%(shown)s order", "%(shown)s orders", "count"),
    empty=_("No order has been sent to you yet. The first one comes by mail and stands here."),
)


def rows_of(narrow: Narrow, why: Promise, tone: str) -> Callable[[Actor, int], list[WorkRow]]:
    def rows(actor: Actor, limit: int) -> list[WorkRow]:
        found = narrow(queries.orders_of(actor)).order_by("confirm_by", "need_by", "pk")[:limit]
        return [row_of(order, str(why), tone) for order in found]

    return rows


def row_of(order: Any, why: str, tone: str) -> WorkRow:
    return WorkRow(
        kind=str(_("Order")),
        icon="file-text",
        identity=order.number,
        url=address(order),
        why=why,
        tone=tone,
        counterparty=order.site.name,
        amount=order.amount,
        currency=order.currency,
        due_at=queries.answer_due(order),
    )


def todo_of(key: str, narrow: Narrow, *, label: Promise, why: Promise, tone: str, empty: Promise, order: int) -> Todo:
    """A part of the start page that leads to the list's tab of the same key."""
    view = next((view for view in ORDERS.views if view.key == key), ORDERS.views[-1])
    return Todo(
        key=key,
        label=label,
        url=lambda: f"{reverse('portal:orders')}?{urlencode({'view': view.key, **view.params})}",
        rows=rows_of(narrow, why, tone),
        count=lambda actor: narrow(queries.orders_of(actor)).count(),
        empty=empty,
        order=order,
        roles=(PortalRole.ORDERS,),
    )


areas.register(Area("portal-orders", _("Orders"), "portal:orders", order=10, icon="file-text"))
todo(
    todo_of(
        "to-confirm",
        queries.to_confirm,
        label=_("Orders to confirm"),
        why=_("To confirm"),
        tone="wait",
        empty=_("Nothing to confirm."),
        order=10,
    )
)
todo(
    todo_of(
        "changed",
        queries.changed,
        label=_("Changed by the buyer"),
        why=_("Changed by the buyer"),
        tone="warn",
        empty=_("No order was changed since you answered it."),
        order=20,
    )
)
