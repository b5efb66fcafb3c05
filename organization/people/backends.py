"""Signing in to the back office with mail address and password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from organization.people import queries
from organization.people.models import Credential, Person


class CredentialBackend(BaseBackend):
    """Internal people only. An unknown address costs the same time as a wrong password.

    Wrong passwords lock nobody out: the throttle slows who guesses, not whose password is guessed.
    """

    def authenticate(self, request: HttpRequest | None, **given: Any) -> Person | None:
        email, password = given.get("email") or given.get("username"), given.get("password")
        if not email or not password:
            return None
        credential = (
            Credential.objects.select_related("person")
            .filter(person__email=email.strip().lower(), person__kind=Person.INTERNAL, person__is_active=True)
            .first()
        )
        if credential is None:
            make_password(password)
            return None
        return credential.person if check_password(password, credential.encoded) else None

    def get_user(self, user_id: int) -> Person | None:
        return queries.signed_in(user_id)
