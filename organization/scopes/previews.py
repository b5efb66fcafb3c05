"""What giving a role would bring about, said before it is given by whoever knows (governance: conflicts of duties)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group

from organization.people.models import Person
from organization.scopes.models import Scope


@dataclass(frozen=True)
class Warned:
    """``apart`` says what keeps it from happening anyway; empty: nothing does. ``key`` tells one from another."""

    key: str
    what: str
    risk: str
    apart: str


Look = Callable[[Person, Group, Scope, datetime], list[Warned]]
_looks: list[Look] = []


def register(look: Look) -> None:
    if look not in _looks:
        _looks.append(look)


def warnings(person: Person, role: Group, scope: Scope, at: datetime) -> list[Warned]:
    return [one for look in _looks for one in look(person, role, scope, at)]
