"""Signing in to the back office with mail address and password."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.http import HttpRequest
from django.utils.timezone import now

from organization.people import queries
from organization.people.models import Credential, Person

FAILURES_ALLOWED = 10
LOCKED_FOR = timedelta(minutes=10)


class CredentialBackend(BaseBackend):
    """Internal people only. An unknown address costs the same time as a wrong password."""

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
        if credential.locked_until and credential.locked_until > now():
            return None
        mine = Credential.objects.filter(pk=credential.pk)
        if check_password(password, credential.encoded):
            if credential.failures:
                mine.update(failures=0, locked_until=None)
            return credential.person
        mine.update(failures=F("failures") + 1)
        mine.filter(failures__gte=FAILURES_ALLOWED).update(failures=0, locked_until=now() + LOCKED_FOR)
        return None

    def get_user(self, user_id: int) -> Person | None:
        return queries.signed_in(user_id)
