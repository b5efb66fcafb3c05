"""Areas, work and search of governance."""

from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.screens import areas, work
from foundation.screens.areas import Area
from foundation.screens.work import Tab
from foundation.search import Finder
from governance.cases import queries as cases
from governance.cases import shell as cases_shell

areas.register(Area("exceptions", _("Exceptions"), "governance:cases", "see_case", order=60, icon="triangle-alert"))
for order, (key, label, found) in enumerate(
    [("exceptions", _("My exceptions"), cases.mine), ("unowned", _("Nobody's exceptions"), cases.unowned)], start=10
):
    rows, count = cases_shell.rows(found), cases_shell.count(found)
    work.register(Tab(key, label, "work_case", rows=rows, count=count, order=order))
areas.register(Area("authority", _("Authority"), "governance:authority", "see_matrix", order=96, icon="scale"))
search.register(Finder("case", _("Exceptions"), "see_case", find=cases_shell.find_cases, prefix="case", order=50))
