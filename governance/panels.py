"""What governance shows on the pages of documents that it decides about."""

from django.utils.translation import gettext_lazy as _

from foundation.panels.registry import Panel, register
from governance.cases.kinds import SLOTS

for slot in SLOTS:
    register(Panel(slot, _("Exceptions"), f"governance:{slot}-cases", "see_case", order=20))
