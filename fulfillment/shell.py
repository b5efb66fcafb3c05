"""Fulfillment's places in the shell: areas, work, search."""

from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.screens import areas, deeds, work
from foundation.screens.areas import Area
from foundation.screens.deeds import Deed
from foundation.screens.work import Tab
from foundation.search import Finder
from fulfillment.demand import queries as demand
from fulfillment.shipments import queries as shipments

areas.register(Area("demand", _("Customers"), "fulfillment:orders", verb="see_demand", order=55, icon="package-open"))

work.register(
    Tab(
        "shortages",
        _("Shortages"),
        "allocate",
        rows=demand.shortage_work,
        count=demand.shortages,
        order=50,
        empty=_("Nothing is short: every customer line has its goods."),
    )
)
work.register(
    Tab(
        "fillable",
        _("Backorders fillable"),
        "allocate",
        rows=demand.fillable_work,
        count=demand.fillable,
        order=51,
        empty=_("No backorder can be filled from what is free."),
    )
)
work.register(
    Tab(
        "pick",
        _("To pick"),
        "ship",
        rows=shipments.pick_work,
        count=shipments.to_pick,
        order=52,
        empty=_("Nothing is to be picked. Plan shipments from customer orders."),
    )
)

search.register(Finder("demand", _("Customer orders"), "see_demand", find=demand.find_orders, prefix="so"))
search.register(Finder("customer", _("Customers"), "see_demand", find=demand.find_customers, prefix="cus"))
search.register(Finder("shipment", _("Shipments"), "see_demand", find=shipments.find_shipments, prefix="sh"))

deeds.register(
    "fulfillment.customerorder",
    Deed("edit_demand", _("Change it")),
    Deed("allocate", _("Promise goods to it")),
    Deed("ship", _("Plan a shipment")),
)
deeds.register(
    "fulfillment.shipment",
    Deed("ship", _("Ship or cancel it")),
)
