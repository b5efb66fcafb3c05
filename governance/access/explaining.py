"""Why somebody can or cannot do something with one document: the roles that let him, who could give one, what state
the document is in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from foundation.lifecycles.moves import why_not
from foundation.scopes import verbs
from foundation.scopes.reach import DIMENSIONS
from foundation.screens import directory
from foundation.screens.deeds import Deed, deeds_of
from foundation.values.days import day_text
from governance.access.models import Right
from governance.access.rights import rights
from organization.items.queries import ancestors
from organization.people.models import Person
from organization.scopes.queries import Where, covers

HELPERS = 3
"""How many people are named who could help."""


@dataclass(frozen=True)
class Explained:
    """One deed: whether the person holds its verb there, because of what, who else could give it, what state says."""

    deed: Deed
    verb: str
    because: list[str]
    needs: str = ""
    helpers: list[str] = field(default_factory=list)
    state: list[str] = field(default_factory=list)

    @property
    def is_allowed(self) -> bool:
        return bool(self.because)

    @property
    def is_possible(self) -> bool:
        return self.is_allowed and not self.state


def explain(person: Person, document: Any) -> list[Explained]:
    """Every deed of a document's page for one person. Three queries, and one for categories."""
    where, deeds = where_of(document), deeds_of(type(document))
    scope = [f"membership__scope__{name}" for name in DIMENSIONS]
    wanted = [deed.verb for deed in deeds]
    mine = rights().filter(membership__person=person, verb__in=wanted).order_by("membership__granted_at", "id")
    granting = (
        rights().filter(verb="grant_role").exclude(membership__person=person).order_by("membership__person__name")
    )
    held = list(mine.select_related("membership__role", *scope))
    helpers = _people(granting.select_related("membership__person", "membership__scope"), where)
    names = directory.names_of(right.membership.granted_by for right in held)
    found = []
    for deed in deeds:
        because = [
            _because(right, names)
            for right in held
            if right.verb == deed.verb and covers(right.membership.scope, where)
        ]
        found.append(
            Explained(
                deed=deed,
                verb=verbs.label(deed.verb),
                because=because,
                needs="" if because else _place(document),
                helpers=[] if because else helpers,
                state=why_not(getattr(document, deed.move)) if deed.move else [],
            )
        )
    return found


def where_of(document: Any) -> Where:
    """Where a document stands, its categories with everything above them."""
    where = {name: set(keys) for name, keys in document.places().items()}
    if own := where.get("category"):
        where["category"] = own.union(*ancestors(own).values())
    return where


def _people(granting: Iterable[Right], where: Where) -> list[str]:
    names = [right.membership.person.name for right in granting if covers(right.membership.scope, where)]
    return list(dict.fromkeys(names))[:HELPERS]


def _because(right: Right, names: dict[str, str]) -> str:
    member = right.membership
    return _("%(role)s (%(where)s), given by %(giver)s on %(day)s") % {
        "role": member.role.name,
        "where": member.scope,
        "giver": names[member.granted_by],
        "day": day_text(member.granted_at.date()),
    }


def _place(document: Any) -> str:
    """The narrowest place by name: what a role would have to cover."""
    place = getattr(document, "site", None) or getattr(document, "entity", None)
    return str(getattr(place, "code", "") or "")
