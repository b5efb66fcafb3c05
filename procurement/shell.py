"""Areas, work and search of what we order."""

from django.utils.translation import gettext_lazy as _

from foundation.screens import areas
from foundation.screens.areas import Area

areas.register(
    Area("requests", _("Requests"), "procurement:requests", verb="see_requisition", order=20, icon="shopping-cart")
)
