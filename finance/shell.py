"""What finance adds to the shell: its area, accounts payable's work, finding an invoice."""

from django.utils.translation import gettext_lazy as _

from finance.invoices import queries
from finance.invoices.lifecycle import InvoiceState
from foundation import search
from foundation.screens import areas, deeds, work
from foundation.screens.areas import Area
from foundation.screens.deeds import Deed
from foundation.screens.work import Tab
from foundation.search import Finder
from governance.parameters.queries import link

areas.register(Area("invoices", _("Invoices"), "finance:invoices", verb="see_invoice", order=70, icon="receipt-text"))

for place, (key, label, state, verb, empty) in enumerate(
    [
        (
            "invoice-exceptions",
            _("Invoices that differ"),
            InvoiceState.VARIANCE,
            "see_invoice",
            _("All invoices match."),
        ),
        (
            "invoice-release",
            _("Ready to release"),
            InvoiceState.MATCHED,
            "release_invoice",
            _("Nothing waits for a release."),
        ),
        (
            "invoice-receipt",
            _("Missing receipt"),
            InvoiceState.WAITING_RECEIPT,
            "see_invoice",
            _("Every billed delivery was received."),
        ),
    ]
):
    rows, count = queries.work_of(state)
    work.register(Tab(key, label, verb, rows=rows, count=count, order=70 + place, empty=empty))

search.register(Finder("invoice", _("Invoices"), "see_invoice", find=queries.find_invoices, prefix="inv", order=40))
link(_("Match tolerances of invoices, by entity and supplier"), "finance:tolerances")

deeds.register(
    "finance.invoice",
    Deed("capture_invoice", _("Match it again")),
    Deed("accept_variance", _("Accept the difference")),
    Deed("release_invoice", _("Release it for payment")),
    Deed("release_invoice", _("Reject it")),
)
deeds.register(
    "finance.budget",
    Deed("edit_budget", _("Change the amount")),
)
