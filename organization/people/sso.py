"""Signing in through the company's identity provider, by OpenID Connect (code flow with PKCE).

allauth talks to the provider: discovery, state, code, token. Here it is said whom its answer stands for: somebody we
know already, of one of the provider's mail domains, and from the first time on the same subject there. Nobody is made.
"""

import logging
import uuid
from typing import Any, NoReturn

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now

from foundation.lifecycles import Refused
from foundation.screens.requests import path_of
from organization.people import actions as people
from organization.people import factors
from organization.people.models import Person

log = logging.getLogger("countersign.security")


class NotKnown(Exception):
    """The provider vouches for somebody who is not one of ours."""


class Unreachable(Exception):
    """The provider does not answer, or answers with something that is not what it should be."""


class _Vouched(Exception):
    """Carries the person out of allauth's flow before it would sign anybody in itself."""

    def __init__(self, person: Person, to: str) -> None:
        super().__init__()
        self.person, self.to = person, to


class Provider(OpenIDConnectOAuth2Adapter):
    """As allauth's own, but the signature of an identity is always checked against the provider's keys."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        identity: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return identity

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return settings.OFFICE_ADDRESS.rstrip("/") + reverse("organization:sso-back")


class Adapter(DefaultSocialAccountAdapter):
    """allauth's hooks: who somebody is, and what to do when the provider cannot be asked."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        raise _Vouched(person_of(sociallogin.account), path_of(sociallogin.state.get("next") or "/"))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> NoReturn:
        log.warning("Single sign-on failed: %s", said.get("exception") or said.get("error"))
        raise Unreachable


def is_for(email: str) -> bool:
    """Whether who has this mail address signs in at the provider; says nothing about whether we know him."""
    domain = email.strip().lower().rpartition("@")[2]
    return bool(settings.OIDC_ISSUER) and domain in settings.OIDC_DOMAINS


def leave(request: HttpRequest, *, email: str, to: str) -> HttpResponse:
    """Off to the provider; ``to`` is where one wanted to go. Raises Unreachable."""
    provider = Provider(request, settings.SSO).get_provider()
    provider.oauth2_adapter_class = Provider
    try:
        away: HttpResponse = provider.redirect(request, process="login", next_url=to, auth_params={"login_hint": email})
        return away
    except OSError as error:  # what requests raises is one
        log.warning("Single sign-on failed: %s", error)
        raise Unreachable from error


def come_back(request: HttpRequest) -> tuple[Person, str]:
    """Whom the provider's answer stands for, and where he wanted to go. Raises NotKnown, Unreachable."""
    view = OAuth2CallbackView()
    view.request, view.adapter = request, Provider(request, settings.SSO)
    try:
        view.dispatch(request)
    except _Vouched as vouched:
        return vouched.person, vouched.to
    except (OSError, KeyError, ValueError) as error:
        log.warning("Single sign-on failed: %s", error)
        raise Unreachable from error
    raise Unreachable


def person_of(account: SocialAccount) -> Person:
    """The subject once linked, else who has the mail address; the link is made at the first time and then holds."""
    identity = account.extra_data.get("id_token") or {}
    if linked := factors.linked(settings.SSO, account.uid):
        return _ours(linked)
    email = str(identity.get("email", "")).strip().lower()
    if not is_for(email) or identity.get("email_verified") is False:
        raise NotKnown
    person = _ours(Person.objects.filter(email=email).first())
    said = {"person": person, "provider": settings.SSO, "uid": account.uid}
    try:
        people.link_identity(**said, by=person.actor, at=now(), key=uuid.uuid4().hex)
    except Refused as refused:
        raise NotKnown from refused
    return person


def _ours(person: Person | None) -> Person:
    if person is None or not person.is_active or person.kind != Person.INTERNAL:
        raise NotKnown
    return person
