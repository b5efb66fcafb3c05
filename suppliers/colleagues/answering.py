"""What becomes of what a supplier says of its own people: it is done at once."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from organization.people.models import Person
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind
from suppliers.suppliers import invitations
from suppliers.suppliers.models import Supplier


def supplier_of(submission: Submission) -> Supplier:
    return Supplier.objects.select_related("party").get(pk=submission.supplier_id)


@handles(SubmissionKind.COLLEAGUE_IN, first=supplier_of)
def let_in(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"name", "email", "roles": ["orders", ..]}``."""
    said = {name: reading.text(submission.body, name, most) for name, most in (("name", 120), ("email", 254))}
    try:
        validate_email(said["email"])
    except ValidationError:
        raise Refused(_("“%(email)s” is no mail address.") % said) from None
    if not said["name"]:
        raise Refused(_("Say who it is: a name."))
    invitations.invite(**said, roles=roles_of(submission), **_how(submission, by, at))
    return said


@handles(SubmissionKind.COLLEAGUE_ROLES, first=supplier_of)
def give_roles(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"person": key, "roles": ["orders", ..]}``."""
    person = _person(submission)
    invitations.give_roles(person=person, roles=roles_of(submission), **_how(submission, by, at))
    return {"name": person.name}


@handles(SubmissionKind.COLLEAGUE_OUT, first=supplier_of)
def shut_out(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"person": key}``."""
    person = _person(submission)
    invitations.close_account(person=person, **_how(submission, by, at))
    return {"name": person.name}


def roles_of(submission: Submission) -> list[str]:
    said = submission.body.get("roles")
    return [role for role in said if isinstance(role, str)] if isinstance(said, list) else []


def _person(submission: Submission) -> Person:
    """One of the supplier's own; another's is the same as one who never was."""
    key = reading.text(submission.body, "person", 18)
    mine = Person.objects.filter(party_id=submission.supplier_id)
    found = mine.filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if found is None:
        raise Refused(_("There is no such colleague."))
    return found


def _how(submission: Submission, by: Actor, at: datetime) -> dict[str, Any]:
    return {"supplier": supplier_of(submission), "by": by, "at": at, "key": f"colleague:{submission.pk}"}
