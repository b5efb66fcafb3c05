"""People, their roles and their passwords."""

from collections import defaultdict
from functools import cache

from django.contrib.auth.hashers import make_password

from organization.people import factors
from organization.people.models import Credential, Person
from organization.scopes import actions as scopes
from organization.scopes.models import Scope
from world.scene import WORLD, Scene
from world.trade import growth
from world.trade.people import ENROLLED, MAIL, PASSWORD, PEOPLE, ROLES, SECRET, STEP_UP_ABOVE, Somebody


def found(scene: Scene) -> None:
    roles = {
        name: scopes.define_role(
            name=name,
            verbs=verbs,
            step_up_above=STEP_UP_ABOVE.get(name),
            by=WORLD,
            at=scene.founding,
            key=scene.key(),
        )
        for name, verbs in ROLES.items()
    }
    staff: dict[tuple[str, str], list[Person]] = defaultdict(list)
    everybody = _everybody(scene)
    for somebody in everybody:
        person = Person.objects.create(
            email=f"{somebody.login}@{MAIL}",
            name=somebody.name,
            title=somebody.title,
            kind=Person.INTERNAL,
            let_in_at=scene.founding,
            timezone=scene.sites[_sites_of(scene, somebody)[0]].timezone,
        )
        scene.people[somebody.name] = person
        for role in somebody.roles:
            for scope in _scopes(scene, somebody):
                scopes.give_role(
                    person=person, role=roles[role], scope=scope, by=WORLD, at=scene.founding, key=scene.key()
                )
            for site in _sites_of(scene, somebody):
                staff[role, site].append(person)
    scene.staff = dict(staff)
    _managers(scene, everybody)
    give_passwords(scene.people.values())
    factors.add_app(scene.people[ENROLLED], SECRET)


@cache
def encoded() -> str:
    return make_password(PASSWORD)


def give_passwords(people: object) -> None:
    """One hash for all: a million rounds for each would take longer than the whole history."""
    Credential.objects.bulk_create(Credential(person=person, encoded=encoded()) for person in people)  # type: ignore[attr-defined]


def _scopes(scene: Scene, somebody: Somebody) -> list[Scope]:
    if somebody.categories:
        return [scopes.scope_of(category=scene.categories[code].pk) for code in somebody.categories]
    if somebody.where in scene.sites:
        return [scopes.scope_of(site=scene.sites[somebody.where].pk)]
    if somebody.where in scene.entities:
        return [scopes.scope_of(entity=scene.entities[somebody.where].pk)]
    return [scopes.scope_of()]


def _sites_of(scene: Scene, somebody: Somebody) -> list[str]:
    if somebody.where in scene.sites:
        return [somebody.where]
    return [code for code, site in scene.sites.items() if somebody.where in ("*", site.entity.code)]


def _everybody(scene: Scene) -> list[Somebody]:
    if not scene.scale.is_bulk:
        return PEOPLE
    taken = {somebody.name for somebody in PEOPLE}
    staff = [*PEOPLE, *growth.people(scene.random, taken, list(scene.sites.values()))]
    more = scene.scale.people - len(staff)
    return [*staff, *growth.crowd(scene.random, taken, list(scene.sites.values()), more)]


def _managers(scene: Scene, everybody: list[Somebody]) -> None:
    """Branch people report to their branch manager, entity people to the controller, those to the CFO."""
    chief = scene.people["Maud Terpstra"]
    for somebody in everybody:
        person = scene.people[somebody.name]
        if somebody.where in scene.sites and "Branch manager" not in somebody.roles:
            person.manager = scene.staff["Branch manager", somebody.where][0]
        elif somebody.where in scene.entities and "Controller" not in somebody.roles:
            person.manager = scene.staff["Controller", _sites_of(scene, somebody)[0]][0]
        elif person != chief:
            person.manager = chief
        person.save(update_fields=["manager"])
