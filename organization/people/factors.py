"""What a person proves himself with: passkeys, an app, recovery codes, a subject at the company's provider.

With ``sso`` the only module that knows django-allauth. What they leave open is closed here: secrets lie
encrypted, a code of the app is good once (by the database, not by a cache), a passkey belongs to our own host name.
"""

import base64
import hashlib
import itertools
import json
from functools import cache
from typing import Any
from urllib.parse import urlparse

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.values.actor import Actor
from organization.people.models import Person

PASSKEY, APP, RECOVERY = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
STRONG = (PASSKEY, APP)
"""Recovery codes are a way back, not a factor to live on."""
MAKING = "passkey_in_the_making"
"""What a browser was asked for when it makes one, apart from what it is asked for to show one."""
LONGEST = 20_000
"""Characters of what a browser says about a passkey; real ones stay below 3,000."""
ODD = (ValidationError, ValueError, TypeError, KeyError, AttributeError)
"""What the kernels raise on an answer that no browser of ours gave."""


class Adapter(DefaultMFAAdapter):
    """allauth's hooks: how secrets are kept, and whose passkeys these are."""

    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _safe().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Our own name as the settings know it, never what a request says about its host."""
        return {"id": urlparse(settings.OFFICE_ADDRESS).hostname or "", "name": "Countersign"}


@cache
def _safe() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"countersign.factors:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def of(person_id: int) -> list[Authenticator]:
    """Everything a person has, passkeys first, each in the order in which it was added."""
    rows = list(Authenticator.objects.filter(user_id=person_id).order_by("created_at"))
    return sorted(rows, key=lambda row: [PASSKEY, APP, RECOVERY].index(Authenticator.Type(row.type)))


def kinds_of(person_id: int) -> dict[str, bool]:
    """Which ways to prove himself a person has, as a page that asks for a proof needs them."""
    mine = {row.type for row in of(person_id)}
    return {"has_passkey": PASSKEY in mine, "has_app": APP in mine, "has_recovery": RECOVERY in mine}


def has_strong(person_id: int) -> bool:
    return Authenticator.objects.filter(user_id=person_id, type__in=STRONG).exists()


def actor_has_strong(by: Actor) -> bool:
    return by.person_id is not None and has_strong(by.person_id)


def app_of(person_id: int) -> Authenticator | None:
    return Authenticator.objects.filter(user_id=person_id, type=APP).first()


def accepts(secret: str, code: str) -> int | None:
    """The step of 30 s whose code this is, now or one step off; None if it is none of them."""
    for step in totp.yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step))):
            return step
    return None


def shown(secret: str) -> str:
    """What an app that knows the secret shows now."""
    step = next(itertools.islice(totp.yield_hotp_counters_from_time(), settings.MFA_TOTP_TOLERANCE, None))
    return totp.format_hotp_value(totp.hotp_value(secret, step))


def is_code(person_id: int, code: str) -> bool:
    """Whether this is a code of the person's app, given for the first time (ASVS 6.5.1: one code, one use)."""
    app = app_of(person_id)
    step = accepts(Adapter().decrypt(app.data["secret"]), code) if app else None
    if app is None or step is None:
        return False
    fresh = Authenticator.objects.filter(pk=app.pk).filter(Q(data__step=None) | Q(data__step__lt=step))
    return bool(fresh.update(data={**app.data, "step": step}, last_used_at=Now()))


def use_recovery_code(person_id: int, code: str) -> int | None:
    """How many are left after this one was used up; None if it is none of the person's, or was used before."""
    row = Authenticator.objects.filter(user_id=person_id, type=RECOVERY).first()
    codes = RecoveryCodes(row) if row else None
    if codes is None or not codes.validate_code(code):
        return None
    Authenticator.objects.filter(pk=codes.instance.pk).update(last_used_at=Now())
    return len(codes.get_unused_codes())


def new_secret() -> str:
    return totp.generate_totp_secret()


def app_address(person: Person, secret: str) -> str:
    """What the square code says, for apps that cannot see it."""
    return Adapter().build_totp_url(person, secret)


def square_code(address: str) -> str:
    return Adapter().build_totp_svg(address)


def add_app(person: Person, secret: str, *, step: int | None = None) -> None:
    """``step`` is that of the code by which the app was tried out: it is used."""
    Authenticator.objects.create(user=person, type=APP, data={"secret": Adapter().encrypt(secret), "step": step})


def renew_recovery_codes(person: Person) -> None:
    drop_recovery_codes(person)
    RecoveryCodes.activate(person)


def drop_recovery_codes(person: Person) -> None:
    Authenticator.objects.filter(user=person, type=RECOVERY).delete()


def recovery_codes(person_id: int) -> list[str]:
    """Those that were not used yet."""
    row = Authenticator.objects.filter(user_id=person_id, type=RECOVERY).first()
    return RecoveryCodes(row).get_unused_codes() if row else []


def name_of(row: Authenticator) -> str:
    return str(row) if row.type == PASSKEY else _("Authenticator app")


def rename(row: Authenticator, name: str) -> None:
    Authenticator.objects.filter(pk=row.pk).update(data={**row.data, "name": name})


def passkey_to_make(person: Person) -> str:
    """What the browser needs to make a passkey that needs no mail address to sign in with, as JSON."""
    options = json.dumps(webauthn.begin_registration(person, passwordless=True))
    context.request.session[MAKING] = webauthn.get_state()
    return options


def made_passkey(said: str) -> dict[str, Any] | None:
    """The passkey that the browser made, or None if this is not the answer to what was asked."""
    webauthn.set_state(context.request.session.get(MAKING))
    try:
        answer = read(said)
        webauthn.parse_registration_response(answer)
        webauthn.complete_registration(answer)
    except ODD:
        return None
    return answer


def link(person: Person, provider: str, uid: str) -> None:
    """The subject at an identity provider that stands for the person."""
    SocialAccount.objects.create(user=person, provider=provider, uid=uid)


def linked(provider: str, uid: str) -> Person | None:
    row = SocialAccount.objects.filter(provider=provider, uid=uid).select_related("user").first()
    return row.user if row else None  # type: ignore[return-value]


def is_linked(person: Person, provider: str) -> bool:
    return SocialAccount.objects.filter(user=person, provider=provider).exists()


def add_passkey(person: Person, name: str, answer: dict[str, Any]) -> None:
    webauthn.WebAuthn.add(person, name, answer)


def passkey_to_show(person: Person | None = None) -> str:
    """What the browser needs to prove a passkey: one of the person's, or of whoever sits there, as JSON."""
    return json.dumps(webauthn.begin_authentication(person))


def shown_by(said: str) -> Person | None:
    """Who a passkey belongs to that was shown, for signing in; internal and active, or None."""
    try:
        answer = read(said)
        person: Any = webauthn.extract_user_from_response(answer)
    except ODD:
        return None
    is_ours = person.is_active and person.kind == Person.INTERNAL
    return person if is_ours and is_passkey(person, said) else None


def is_passkey(person: Person, said: str) -> bool:
    """Whether the browser showed one of the person's passkeys, in answer to what was just asked."""
    try:
        answer = read(said)
        webauthn.parse_authentication_response(answer)
        row = webauthn.complete_authentication(person, answer)
    except ODD:
        return False
    finally:
        webauthn.clear_state()
    row.record_usage()
    return True


def read(said: str) -> dict[str, Any]:
    if len(said) > LONGEST:
        raise ValueError("Too long for a passkey.")
    answer = json.loads(said)
    if not isinstance(answer, dict):
        raise TypeError("Not what a browser says.")
    return answer
