"""What must be there before the first file: the company, its warehouse, who may look, and what its matrix says."""

from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from foundation.door.births import bear
from foundation.scopes.verbs import registry
from foundation.values.actor import system
from governance.authority import actions as authority
from governance.cases.kinds import KINDS
from organization.entities.models import LegalEntity
from organization.items.models import Category, Unit
from organization.people.models import Credential, Person
from organization.scopes import actions as scopes
from organization.sites.models import Site
from world.adventureworks.rows import BOUGHT, CURRENCY, MADE, SITE, UNIT
from world.events import Founded
from world.trade.people import MAIL, PASSWORD

CLERK = system("adventureworks")
FOUNDED = datetime(2022, 1, 1, 18, tzinfo=UTC)
ENTITY = "AW01"
LOGIN = f"adventureworks@{MAIL}"
ANY = 10**9
"""More than any order there is."""


class NotEmpty(Exception):
    """The database holds another distributor, whose rules would decide about these orders."""


def found() -> Site:
    """Once; afterwards only the site is looked up."""
    if site := Site.objects.filter(code=SITE, entity__code=ENTITY).select_related("entity").first():
        return site
    if LegalEntity.objects.exists():
        raise NotEmpty("This database holds another distributor. Load AdventureWorks into an empty one.")
    Unit.objects.create(code=UNIT, name="each")
    for code, name in ((BOUGHT, "Bought"), (MADE, "Made here")):
        category = Category.objects.create(code=code, name=name, path=code)
        category.path = f"{category.pk}."
        category.save(update_fields=["path"])
    zone = "America/Los_Angeles"
    entity = LegalEntity(code=ENTITY, name="Adventure Works Cycles", country="US", currency=CURRENCY, timezone=zone)
    bear([entity], _founded, by=CLERK, at=FOUNDED, key="adventureworks-entity")
    site = Site(code=SITE, name="Bothell", city="Bothell", country="US", entity=entity, timezone=zone)
    bear([site], _founded, by=CLERK, at=FOUNDED, key="adventureworks-site")
    _somebody()
    _matrix(entity)
    return site


def _somebody() -> None:
    """One person who may see and do everything, to look at what was loaded, and who owns what went wrong."""
    person = Person.objects.create(email=LOGIN, name="AdventureWorks", kind=Person.INTERNAL)
    Credential.objects.create(person=person, encoded=make_password(PASSWORD))
    said = {"by": CLERK, "at": FOUNDED}
    role = scopes.define_role(name="AdventureWorks", verbs=list(registry), key="adventureworks-role", **said)
    scopes.give_role(person=person, role=role, scope=scopes.scope_of(), key="adventureworks-person", **said)
    for name in sorted({kind.role for kind in KINDS.values()}):
        owners = scopes.define_role(name=name, verbs=[], key=f"adventureworks-role-{name}", **said)
        scopes.give_role(person=person, role=owners, scope=scopes.scope_of(), key=f"adventureworks-{name}", **said)


def _matrix(entity: LegalEntity) -> None:
    """Who approved there is not told, so nobody is made to have approved here: the rule says so, and lets all pass."""
    said = {"by": CLERK, "at": FOUNDED}
    matrix = authority.draft_matrix(name="AdventureWorks", key="adventureworks-matrix", **said)
    taken_over = {
        "entity": entity,
        "steps": [],
        "auto_approve_cap": ANY,
        "note": "Taken over from AdventureWorks, where it was approved.",
    }
    beyond = {"amount_from": ANY, "forbid": "No order of AdventureWorks comes to this."}
    matrix = authority.set_rules(
        matrix=matrix, rules=[taken_over, beyond], seen=matrix.version, key="adventureworks-rules", **said
    )
    authority.publish(matrix=matrix, seen=matrix.version, key="adventureworks-publish", **said)


def _founded(row: LegalEntity | Site) -> Founded:
    return Founded(subject=row.subject, what=f"{row.code} {row.name}")
