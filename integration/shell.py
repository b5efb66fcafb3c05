"""What integration adds to the shell: the monitor, and messages that need help."""

from django.utils.translation import gettext_lazy as _

from foundation.screens import areas, troubles, work
from foundation.screens.areas import Area
from foundation.screens.work import Tab
from integration import queries as integration
from integration.deliveries import queries
from integration.inbox import queries as inbox

areas.register(
    Area("integration", _("Integration"), "integration:monitor", verb="see_integration", order=95, icon="cable")
)
areas.register(Area("messages", _("Messages"), "integration:messages", verb="see_message", order=94, icon="mail"))
areas.register(Area("imports", _("Import"), "integration:imports", verb="import_data", order=96, icon="file-up"))
work.register(
    Tab(
        "integration",
        _("Messages"),
        "replay_delivery",
        rows=queries.parked_work,
        count=queries.parked,
        order=90,
        empty=_("Every message was delivered."),
    )
)
work.register(
    Tab(
        "messages",
        _("From suppliers"),
        "work_message",
        rows=inbox.held_work,
        count=inbox.held_count,
        order=89,
        empty=_("No message of a supplier waits for a look."),
    )
)
troubles.register(integration.troubles)
