"""Areas, work and search of what we order."""

from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.screens import areas, deeds, work
from foundation.screens.areas import Area
from foundation.screens.deeds import Deed
from foundation.screens.work import Tab
from foundation.search import Finder
from procurement import work as own
from procurement.requisitions.lifecycle import RequisitionState as S

areas.register(
    Area("requests", _("Requests"), "procurement:requests", "see_requisition", order=20, icon="shopping-cart")
)
areas.register(Area("pool", _("To order"), "procurement:pool", "draft_order", order=25, icon="list-plus"))
areas.register(Area("orders", _("Orders"), "procurement:orders", "see_order", order=30, icon="file-text"))

TABS = [
    ("drafts", _("Drafts"), "raise_requisition", own.mine(S.DRAFT), own.request_row(_("not sent"), "neutral")),
    ("returned", _("Sent back"), "raise_requisition", own.mine(S.RETURNED), own.request_row(_("sent back"), "warn")),
    (
        "waiting",
        _("Waiting on others"),
        "raise_requisition",
        own.mine(S.IN_APPROVAL),
        own.request_row(_("in approval"), "wait"),
    ),
    ("to-order", _("To order"), "draft_order", own.pool, own.line_row),
    ("to-send", _("To send"), "issue_order", own.to_send, own.order_row(_("not sent to the supplier"), "wait")),
    ("unconfirmed", _("Unconfirmed"), "change_order", own.unconfirmed, own.order_row(_("no answer in time"), "warn")),
    ("supplier-changed", _("Supplier changed"), "change_order", own.proposed, own.change_row),
    ("late-inbound", _("Late inbound"), "change_order", own.late, own.order_row(_("late"), "bad")),
]
for order, (key, label, verb, found, show) in enumerate(TABS, start=20):
    work.register(Tab(key, label, verb, rows=own.rows(found, show), count=found, order=order))

search.register(Finder("request", _("Requests"), "see_requisition", own.find_requests, prefix="req", order=20))
search.register(Finder("order", _("Orders"), "see_order", own.find_orders, prefix="po", order=30))
search.register(Finder("change", _("Changes"), "see_order", own.find_changes, prefix="cr", order=35))

deeds.register(
    "procurement.requisition",
    Deed("raise_requisition", _("Send for approval"), "submit"),
    Deed("raise_requisition", _("Withdraw"), "withdraw"),
    Deed("draft_order", _("Order what is approved")),
    Deed("decide", _("Decide on it")),
)
deeds.register(
    "procurement.purchaseorder",
    Deed("issue_order", _("Issue to the supplier"), "issue"),
    Deed("change_order", _("Change it"), "revise"),
    Deed("change_order", _("Close it"), "close"),
    Deed("cancel_order", _("Cancel it"), "cancel"),
)
deeds.register(
    "procurement.changerequest",
    Deed("change_order", _("Accept or send it")),
    Deed("change_order", _("Withdraw it"), "withdraw"),
    Deed("decide", _("Decide on it")),
)
