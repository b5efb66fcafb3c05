"""What suppliers add to the shell: their area, and finding one."""

from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.screens import areas, deeds, troubles, work
from foundation.screens.areas import Area
from foundation.screens.deeds import Deed
from foundation.screens.work import Tab
from foundation.search import Finder
from governance.parameters.queries import link
from suppliers.disputes import queries as disputes
from suppliers.submissions import queries as submissions
from suppliers.suppliers import queries

areas.register(Area("suppliers", _("Suppliers"), "suppliers:suppliers", verb="see_supplier", order=80, icon="factory"))
search.register(Finder("supplier", _("Suppliers"), "see_supplier", find=queries.find_suppliers, prefix="sup", order=50))
troubles.register(submissions.troubles)
link(_("Tolerances of confirmations, by supplier"), "suppliers:suppliers")

work.register(
    Tab(
        "disputes",
        _("Suppliers who wrote"),
        "work_case",
        rows=disputes.work_rows,
        count=lambda actor: disputes.waiting_for_us(actor).count(),
        order=45,
        empty=_("No supplier waits for an answer of yours."),
    )
)

deeds.register(
    "suppliers.contract",
    Deed("edit_contract", _("Change, activate or end it")),
)
