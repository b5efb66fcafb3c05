"""Governance's place in the shell: what waits for somebody's decision."""

from django.utils.translation import gettext_lazy as _

from foundation.screens import areas, work
from foundation.screens.areas import Area
from foundation.screens.work import Tab
from governance.approvals import work as inbox

areas.register(Area("inbox", _("Inbox"), "governance:inbox", "decide", order=15, icon="stamp"))
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
