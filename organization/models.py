"""Table of contents."""

from organization.calendars.models import Calendar
from organization.currencies.models import ExchangeRate
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category, Item, ItemUnit, Unit
from organization.notifications.models import Mail, Notice
from organization.parties.models import Party
from organization.people.models import (
    Credential,
    Keyring,
    OfficeSession,
    Person,
    PortalAttempt,
    PortalChallenge,
    PortalCode,
    PortalLink,
    PortalPasskey,
    PortalSession,
    TrustedDevice,
)
from organization.scopes.models import Membership, PersonGrant, RoleGrant, Scope, StepUpLimit
from organization.sites.models import Dock, Location, Site

__all__ = [
    "Calendar",
    "Category",
    "CostCenter",
    "Credential",
    "Dock",
    "ExchangeRate",
    "Item",
    "ItemUnit",
    "Keyring",
    "LegalEntity",
    "Location",
    "Mail",
    "Membership",
    "Notice",
    "OfficeSession",
    "Party",
    "Person",
    "PersonGrant",
    "PortalAttempt",
    "PortalChallenge",
    "PortalCode",
    "PortalLink",
    "PortalPasskey",
    "PortalSession",
    "RoleGrant",
    "Scope",
    "Site",
    "StepUpLimit",
    "TrustedDevice",
    "Unit",
]
