"""Areas, work and search of governance: what waits for a decision, what went off plan."""

from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.screens import areas, deeds, work
from foundation.screens.areas import Area
from foundation.screens.deeds import Deed
from foundation.screens.policy import policy
from foundation.screens.work import Tab
from foundation.search import Finder
from governance.access import work as reviews
from governance.approvals import work as inbox
from governance.cases import queries as cases
from governance.cases import shell as exceptions
from governance.parameters.queries import link

areas.register(Area("inbox", _("Inbox"), "governance:inbox", "decide", order=15, icon="stamp"))
areas.register(Area("exceptions", _("Exceptions"), "governance:cases", "see_case", order=60, icon="triangle-alert"))

work.register(
    Tab(
        "approvals",
        _("To approve"),
        "decide",
        rows=inbox.rows,
        count=inbox.waiting,
        order=10,
        empty=_("Nothing waits for your decision."),
    )
)
work.register(
    Tab(
        "questions",
        _("Questions to you"),
        policy.SIGNED_IN,
        rows=inbox.question_rows,
        count=inbox.questions,
        order=9,
        empty=_("Nobody wants to know anything of you."),
        is_rare=True,
    )
)
work.register(
    Tab(
        "access",
        _("Access to review"),
        policy.SIGNED_IN,
        rows=reviews.rows,
        count=reviews.waiting,
        order=13,
        empty=_("Nobody asks you who still needs which role."),
        is_rare=True,
    )
)
for order, (key, label, found) in enumerate(
    [("exceptions", _("My exceptions"), cases.mine), ("unowned", _("Nobody's exceptions"), cases.unowned)], start=11
):
    work.register(Tab(key, label, "work_case", rows=exceptions.rows(found), count=found, order=order))
areas.register(Area("authority", _("Authority"), "governance:authority", "see_matrix", order=96, icon="scale"))

search.register(Finder("case", _("Exceptions"), "see_case", find=exceptions.find_cases, prefix="case", order=50))
link(_("Tolerances of receipts, by site"), "organization:sites")

deeds.register(
    "governance.case",
    Deed("work_case", _("Work on it")),
)
