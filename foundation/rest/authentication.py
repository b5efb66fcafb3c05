"""Who calls: for now, whoever is signed in; unsafe calls carry the CSRF token."""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """As DRF's own, but it answers 401 to strangers, because it names a way to sign in."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="countersign"'
