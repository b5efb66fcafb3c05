"""The area and the kind of job that belong to no package above."""

from django.utils.translation import gettext_lazy as _

from foundation.jobs import actions as jobs
from foundation.screens import areas
from foundation.screens.areas import Area
from foundation.screens.lists import later

areas.register(Area("work", _("Work"), "foundation:work", order=0, icon="list-todo"))
jobs.register(later.KIND, later.run)
