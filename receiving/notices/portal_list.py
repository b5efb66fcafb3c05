"""The supplier's list of trucks, and what is ready to ship on the start page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy

from foundation.screens import areas, lists
from foundation.screens.areas import Area
from foundation.values.portal_roles import PortalRole
from procurement.orders import portal_queries as orders
from procurement.orders.portal_list import rows_of
from receiving.notices import checking
from receiving.notices.lifecycle import UNRECEIVED
from receiving.notices.models import ShipNotice
from suppliers.portal import Todo, todo


def remarks(notice: ShipNotice) -> str:
    return " ".join(checking.sentences(notice.flags))


SHIPMENTS = lists.List(
    "portal-shipments",
    title=gettext_lazy("Deliveries"),
    columns=[
        lists.Column("reference", gettext_lazy("Your delivery note"), sort="reference", kind="code"),
        lists.Column("number", gettext_lazy("Our number"), sort="number", kind="code"),
        lists.Column("site", gettext_lazy("Deliver to"), sort="site__name", value="site.name"),
        lists.Column("ships_on", gettext_lazy("Leaves"), sort="ships_on", kind="date"),
        lists.Column("arrives_on", gettext_lazy("Arrives"), sort="arrives_on", kind="date"),
        lists.Column("package_count", gettext_lazy("Packages"), sort="package_count", kind="number"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("remarks", gettext_lazy("Remarks"), value=remarks),
    ],
    filters=[
        lists.Search(["reference", "number", "site__name"]),
        lists.Flag("underway", gettext_lazy("On the way"), lambda rows, _actor: rows.filter(status__in=UNRECEIVED)),
    ],
    views=[
        lists.View(
            "underway",
            gettext_lazy("On the way"),
            {"underway": "1", "sort": "arrives_on"},
            empty=gettext_lazy("Nothing is on its way. Open a confirmed order and press “Ship”."),
        ),
        lists.View("all", gettext_lazy("All")),
    ],
    url=lambda notice: reverse("portal:shipment", args=[notice.public_id]),
    counted=ngettext_lazy("%(shown)s delivery", "%(shown)s deliveries", "count"),
    empty=gettext_lazy("No deliveries yet. Open an order and press “Ship”."),
)


areas.register(Area("portal-shipments", gettext_lazy("Deliveries"), "portal:shipments", order=20, icon="truck"))
todo(
    Todo(
        key="to-ship",
        label=gettext_lazy("To ship"),
        url=lambda: f"{reverse('portal:orders')}?view=confirmed&answered=1&sort=need_by",
        rows=rows_of(orders.to_ship, gettext_lazy("To ship"), "info"),
        count=lambda actor: orders.to_ship(orders.orders_of(actor)).count(),
        empty=gettext_lazy("Nothing is ready to ship. Confirm an order first."),
        order=30,
        roles=(PortalRole.SHIPPING,),
    )
)
