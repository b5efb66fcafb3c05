"""Before a role is given: the conflicts of duties that it would make."""

from datetime import datetime

from django.contrib.auth.models import Group

from governance.access.conflicts import made_by
from organization.people.models import Person
from organization.scopes import previews
from organization.scopes.models import Scope
from organization.scopes.previews import Warned


def look(person: Person, role: Group, scope: Scope, at: datetime) -> list[Warned]:
    """Those that nothing keeps apart come first."""
    made = sorted(made_by(role, scope, person, at=at), key=lambda one: bool(one.conflict.apart))
    return [
        Warned(one.conflict.key, str(one.conflict.label), str(one.conflict.risk), str(one.conflict.apart))
        for one in made
    ]


previews.register(look)
