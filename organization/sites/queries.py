"""Questions to sites."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from organization.sites.models import Site


def today(site: Site, at: datetime) -> date:
    """The business day at the site when it is ``at``."""
    return at.astimezone(ZoneInfo(site.timezone)).date()
