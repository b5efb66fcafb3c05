"""Receiving's places in the shell: areas, work, search."""

from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.screens import areas, deeds, work
from foundation.screens.areas import Area
from foundation.screens.deeds import Deed
from foundation.screens.work import Tab
from foundation.search import Finder
from receiving.arrivals import queries as arrivals
from receiving.notices import queries as notices
from receiving.receipts import queries as receipts
from receiving.stock import queries as stock

areas.register(Area("receiving", _("Receiving"), "receiving:arrivals", verb="see_receipt", order=40, icon="truck"))
areas.register(Area("stock", _("Stock"), "receiving:stock", verb="see_stock", order=50, icon="warehouse"))

work.register(
    Tab(
        "arriving",
        _("Arriving today"),
        "receive_goods",
        rows=arrivals.arriving_work,
        count=arrivals.arriving,
        order=40,
        empty=_("No truck is announced for today. See what is expected this week under Receiving."),
    )
)
work.register(
    Tab(
        "at_door",
        _("At the door"),
        "receive_goods",
        rows=arrivals.at_door_work,
        count=arrivals.at_door,
        order=41,
        empty=_("No truck waits. Press “Truck is here” when one comes."),
    )
)
work.register(
    Tab(
        "in_count",
        _("In count"),
        "receive_goods",
        rows=receipts.counting_work,
        count=receipts.in_count,
        order=42,
        empty=_("Nothing is being counted."),
    )
)
work.register(
    Tab(
        "on_hold",
        _("On hold"),
        "adjust_stock",
        rows=stock.held_work,
        count=stock.held,
        order=43,
        empty=_("No goods are on hold or damaged."),
    )
)

search.register(Finder("receipt", _("Receipts"), "see_receipt", find=receipts.find_receipts, prefix="gr"))
search.register(Finder("notice", _("Ship notices"), "see_receipt", find=notices.find_notices, prefix="sn"))
search.register(Finder("stock", _("Stock"), "see_stock", find=stock.find_items, prefix="sku"))

deeds.register(
    "receiving.shipnotice",
    Deed("receive_goods", _("Say that it arrived"), "arrive"),
    Deed("receive_goods", _("Count what came"), "start_receiving"),
)
deeds.register(
    "receiving.receipt",
    Deed("receive_goods", _("Post the receipt"), "post"),
    Deed("receive_goods", _("Discard the count"), "discard"),
    Deed("reverse_receipt", _("Reverse it"), "reverse"),
)
