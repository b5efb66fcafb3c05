"""Tells the pages what they must know about people; administration; finding items and places."""

from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.screens import areas, directory
from foundation.screens.areas import Area
from foundation.search import Finder
from organization.items.queries import find_items
from organization.people import queries
from organization.people.views import proving, signing_in
from organization.sites.queries import find_places

directory.provide(
    names=queries.names_of,
    granters=queries.granters_of,
    holders=queries.colleagues_holding,
    sign_in=signing_in.ask_to_sign_in,
    prove=proving.ask_to_prove,
)

areas.register(Area("admin", _("Admin"), "organization:people", verb="see_people", order=100, icon="users"))
areas.register(
    Area("masters", _("Master data"), "organization:items", verb="edit_master_data", order=99, icon="database")
)
search.register(Finder("place", _("Sites and entities"), None, find=find_places, prefix="site", order=65))
search.register(Finder("item", _("Items"), None, find=find_items, prefix="item", order=60))
