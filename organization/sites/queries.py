"""Questions to sites."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from foundation.search import Hit
from foundation.values.actor import Actor
from organization.entities.models import LegalEntity
from organization.sites.models import Site


def today(site: Site, at: datetime) -> date:
    """The business day at the site when it is ``at``."""
    return at.astimezone(ZoneInfo(site.timezone)).date()


def find_places(text: str, _actor: Actor, limit: int) -> list[Hit]:
    """Sites and legal entities by code from the front, or by part of the name. They are master data: everybody may."""
    like = Q(code__istartswith=text) | Q(name__icontains=text)
    entities = LegalEntity.objects.filter(like).order_by("code")[:limit]
    sites = Site.objects.filter(like | Q(city__iexact=text)).order_by("code")[:limit]
    found = [Hit(row.code, row.name, reverse("organization:entity", args=[row.code])) for row in entities]
    return found + [Hit(row.code, row.name, reverse("organization:site", args=[row.code])) for row in sites]
