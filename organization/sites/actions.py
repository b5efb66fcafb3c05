"""Change a site: its address, calendar and tolerances, its docks and locations."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from organization.sites.events import DockAdded, DockRemoved, LocationAdded, LocationRemoved, SiteChanged
from organization.sites.models import Dock, Location, Site

CHANGEABLE = (
    *("name", "address", "city", "country", "gln", "calendar"),
    *("over_percent", "under_percent", "counts_blind"),
)
"""Code, entity, time zone and who keeps the stock stay: documents and books go by them."""


@verb
def change(*, site: Site, values: dict[str, Any], by: Actor, at: datetime, seen: int, key: str) -> Site:
    """Tolerances count for goods posted from now on."""
    assert values.keys() <= set(CHANGEABLE), values.keys()
    with deciding(site, by=by, seen=seen, key=key) as site:
        _allowed(site, by)
        for name, value in values.items():
            setattr(site, name, value)
        journal.record(SiteChanged(subject=site.subject, code=site.code), at=at)
    return site


@verb
def add_dock(*, site: Site, code: str, by: Actor, at: datetime, seen: int, key: str) -> Site:
    """A door where trucks are unloaded."""
    with deciding(site, by=by, seen=seen, key=key) as site:
        _allowed(site, by)
        if site.docks.filter(code__iexact=code).exists():
            raise Refused(_("%(site)s has a dock %(code)s already.") % {"site": site.code, "code": code})
        Dock.objects.create(site=site, code=code)
        journal.record(DockAdded(subject=site.subject, site=site.code, code=code), at=at)
    return site


@verb
def remove_dock(*, site: Site, dock_id: int, by: Actor, at: datetime, seen: int, key: str) -> Site:
    """Refused while a receipt or an appointment names it."""
    with deciding(site, by=by, seen=seen, key=key) as site:
        _allowed(site, by)
        dock = _there(site.docks.filter(pk=dock_id).first())
        event = DockRemoved(subject=site.subject, site=site.code, code=dock.code)
        _delete(dock, dock.code)
        journal.record(event, at=at)
    return site


@verb
def add_location(*, site: Site, code: str, purpose: str, by: Actor, at: datetime, seen: int, key: str) -> Site:
    """A place where goods stand."""
    with deciding(site, by=by, seen=seen, key=key) as site:
        _allowed(site, by)
        if site.locations.filter(code__iexact=code).exists():
            raise Refused(_("%(site)s has a location %(code)s already.") % {"site": site.code, "code": code})
        Location.objects.create(site=site, code=code, purpose=purpose)
        journal.record(LocationAdded(subject=site.subject, site=site.code, code=code, purpose=purpose), at=at)
    return site


@verb
def remove_location(*, site: Site, location_id: int, by: Actor, at: datetime, seen: int, key: str) -> Site:
    """Refused while something that is kept names it."""
    with deciding(site, by=by, seen=seen, key=key) as site:
        _allowed(site, by)
        location = _there(site.locations.filter(pk=location_id).first())
        event = LocationRemoved(subject=site.subject, site=site.code, code=location.code)
        _delete(location, location.code)
        journal.record(event, at=at)
    return site


def _allowed(site: Site, by: Actor) -> None:
    if not reach(by, "edit_master_data").covers({"entity": {site.entity_id}, "site": {site.pk}}):
        raise NotYours("edit_master_data", str(site))


def _there(row: Any) -> Any:
    if row is None:
        raise Refused(_("It is gone already."))
    return row


def _delete(row: Model, code: str) -> None:
    """Whatever points at it, on whichever floor, protects it."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as used:
        kinds = sorted({str(one._meta.verbose_name) for one in used.protected_objects})
        said = {"code": code, "kinds": ", ".join(kinds)}
        raise Refused(_("%(code)s is in use (%(kinds)s), so it stays.") % said) from used
