"""Which sites a person works at."""

from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate, now

from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from organization.sites.models import Site
from organization.sites.queries import today

PATHS = {"entity": "entity_id", "site": "pk"}


def sites_of(actor: Actor, verb: str) -> list[Site]:
    """Sites where the actor holds the verb for everything or for some goods, by code."""
    held = reach(actor, verb).predicate(PATHS)
    return list(Site.objects.filter(held).select_related("entity").order_by("code"))


def chosen(request: HttpRequest, sites: list[Site]) -> Site | None:
    """The site that the address names (``?site=RTM``), else the first."""
    code = request.GET.get("site", "")
    return next((site for site in sites if site.code == code), sites[0] if sites else None)


def today_at(site: Site | None) -> date:
    return today(site, now()) if site else localdate()


def chosen_of(code: str, sites: list[Site]) -> Site | None:
    """The site with this code, if the person works there."""
    return next((site for site in sites if site.code == code), None)
