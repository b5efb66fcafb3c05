"""Change a site's address and tolerances."""

from datetime import datetime
from typing import Any

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.scopes.permissions import NotYours
from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from organization.sites.events import SiteChanged
from organization.sites.models import Site

CHANGEABLE = ("name", "address", "city", "country", "gln", "over_percent", "under_percent", "counts_blind")


@verb
def change(*, site: Site, values: dict[str, Any], by: Actor, at: datetime, seen: int, key: str) -> Site:
    """Tolerances count for goods posted from now on."""
    assert values.keys() <= set(CHANGEABLE), values.keys()
    with deciding(site, by=by, seen=seen, key=key) as site:
        if not reach(by, "edit_master_data").covers({"entity": {site.entity_id}, "site": {site.pk}}):
            raise NotYours("edit_master_data", str(site))
        for name, value in values.items():
            setattr(site, name, value)
        journal.record(SiteChanged(subject=site.subject, code=site.code), at=at)
    return site
