"""Who can sign in to the demo, as a table for the terminal."""

from collections.abc import Iterator

from foundation.values.portal_roles import PortalRole, every
from organization.people.models import Credential, Person
from organization.scopes.queries import living
from world.trade.people import ENROLLED, PASSWORD, ROLES, SECRET


def table() -> Iterator[str]:
    """One person for each role, the approvers of the first site first, three at suppliers and a desk for each trade."""
    rows = [("Role", "Name", "Mail address", "Where"), *_internal(), *_portal()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        yield "  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
    yield f"\n  Everybody's password: {PASSWORD}"
    yield f"  {ENROLLED} is asked for a code too: let an authenticator app know {SECRET}"
    yield "  (or ask .venv/bin/python manage.py world --code). Others are asked once they add a passkey: My security."


def _internal() -> Iterator[tuple[str, str, str, str]]:
    seen: set[int] = set()
    for role in ROLES:
        held = living().filter(role__name=role).select_related("person", "scope__site", "scope__entity")
        member = next((m for m in held.order_by("person_id", "pk") if m.person_id not in seen), None) or held.first()
        if member:
            seen.add(member.person_id)
            yield role, member.person.name, member.person.email, str(member.scope)


def _portal() -> Iterator[tuple[str, str, str, str]]:
    able = Person.objects.filter(kind=Person.OF_SUPPLIER, is_active=True, pk__in=Credential.objects.values("person"))
    for person in able.select_related("party").filter(portal_roles=every()).order_by("pk")[:3]:
        yield "Supplier portal", person.name, person.email, person.party.name
    for role in PortalRole:
        desk = able.select_related("party").filter(portal_roles=[role]).order_by("pk").first()
        if desk:
            yield f"  {role.label} only", desk.name, desk.email, desk.party.name
