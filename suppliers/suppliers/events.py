"""What happened to a supplier."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class SupplierRegistered(Event):
    number: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SupplierProposed(Event): ...


@dataclass(frozen=True, kw_only=True)
class SupplierSentBack(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplierActivated(Event): ...


@dataclass(frozen=True, kw_only=True)
class SupplierRestricted(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplierBlocked(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplierReleased(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplierRetired(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplierTermsChanged(Event): ...


@dataclass(frozen=True, kw_only=True)
class SupplierRenamed(Event):
    """Name, address or identifiers: ``was`` and ``now`` say which and how."""

    was: dict
    now: dict


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    email: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ContactRemoved(Event):
    email: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class PortalPersonInvited(Event):
    """``person``: the actor, as "supplier:17"; the name is in a table from which it can be forgotten."""

    person: str
    roles: list


@dataclass(frozen=True, kw_only=True)
class PortalRolesGiven(Event):
    """What somebody of the supplier may do in the portal from now on."""

    person: str
    roles: list
    was: list


@dataclass(frozen=True, kw_only=True)
class PortalPersonClosed(Event):
    person: str
