"""Questions to sites."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from foundation.search import Hit
from foundation.values.actor import Actor
from organization.calendars.models import Calendar
from organization.entities.models import LegalEntity
from organization.sites.models import Site


def today(site: Site, at: datetime) -> date:
    """The business day at the site when it is ``at``."""
    return at.astimezone(ZoneInfo(site.timezone)).date()


def calendar_of(site_id: int) -> Calendar | None:
    """By which a site works: its own, else that of its entity. One query."""
    ids = Site.objects.filter(pk=site_id).values(chosen=Coalesce("calendar", "entity__calendar"))
    return Calendar.objects.filter(pk__in=ids).first()


def find_places(text: str, _actor: Actor, limit: int) -> list[Hit]:
    """Sites and legal entities by code from the front, or by part of the name. They are master data: everybody may."""
    like = Q(code__istartswith=text) | Q(name__icontains=text)
    entities = LegalEntity.objects.filter(like).order_by("code")[:limit]
    sites = Site.objects.filter(like | Q(city__iexact=text)).order_by("code")[:limit]
    found = [Hit(row.code, row.name, reverse("organization:entity", args=[row.code])) for row in entities]
    return found + [Hit(row.code, row.name, reverse("organization:site", args=[row.code])) for row in sites]
