"""Passkeys of suppliers' people: what a browser is asked, and whether what it answers proves anything.

They belong to the portal's own name and address as the settings know them (``PORTAL_ADDRESS``), never to what a request
says about its host. The back office's are in ``factors``: another name, another table, other user handles, so that on
one name (the demo's ``localhost``) neither overwrites or opens the other. No row is read here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
)

from organization.people.models import Person, PortalPasskey

DOORBELL = "passkeys"
"""The NOTIFY channel on which an answer, or a passkey that was removed, is announced."""
ANSWER_MINUTES, FRESH_MINUTES = 5, 15
"""How long a browser may take to answer, and how soon after signing in a passkey is added."""
LONGEST = 20_000
"""Characters of what a browser answers; real ones stay below 3,000."""
OFFER = "offer_passkey"
"""In a session: whether its person is offered a passkey."""
ALGORITHMS = (-7, -8, -257)
"""ES256, EdDSA and RS256 by their COSE numbers: what phones, keys and Windows make."""
REQUIRED = "required"


class Unproved(Exception):
    """What was shown proves nothing. The sentence is for the log: whoever tries is told the same each time."""


@dataclass(frozen=True)
class Made:
    """A new passkey, as far as it is kept."""

    credential: str
    public_key: bytes
    uses: int


def to_make(person: Person, had: Iterable[str], asked: str) -> str:
    """What a browser needs to make one that signs in without a mail address, as JSON. ``had``: those there are."""
    user = {"id": websafe_encode(handle_of(person)), "name": person.email, "displayName": person.name}
    return _options(
        asked,
        rp={"id": _name(), "name": "Countersign"},
        user=user,
        pubKeyCredParams=[{"type": "public-key", "alg": number} for number in ALGORITHMS],
        excludeCredentials=[{"type": "public-key", "id": one} for one in had],
        authenticatorSelection={
            "residentKey": REQUIRED,
            "requireResidentKey": True,
            "userVerification": REQUIRED,
        },
        attestation="none",
    )


def to_show(asked: str) -> str:
    """What a browser needs to show one, whoever sits there, as JSON."""
    return _options(asked, rpId=_name(), allowCredentials=[], userVerification=REQUIRED)


def made(said: str, asked: str) -> Made:
    """The passkey that a browser made in answer to ``asked``. Raises Unproved, or what odd answers raise."""
    answer = RegistrationResponse.from_dict(read(said))
    _refuse_frames(answer.response.client_data)
    data = _server().register_complete(_state(asked), answer)
    credential = data.credential_data
    if credential is None or credential.public_key.get(3) not in ALGORITHMS:
        raise Unproved("It is of a kind that was not asked for.")
    return Made(
        credential=websafe_encode(credential.credential_id),
        public_key=cbor.encode(credential.public_key),
        uses=data.counter,
    )


def named(said: str) -> str:
    """Which passkey an answer says it is of."""
    return AuthenticationResponse.from_dict(read(said)).id


def shown(said: str, asked: str, passkey: PortalPasskey) -> int:
    """How often the passkey was used by now, if the answer to ``asked`` is of it. Raises as ``made``."""
    answer = AuthenticationResponse.from_dict(read(said))
    _refuse_frames(answer.response.client_data)
    key = CoseKey.parse(cbor.decode(bytes(passkey.public_key)))
    known = AttestedCredentialData.create(Aaguid.NONE, websafe_decode(passkey.credential), key)
    _server().authenticate_complete(_state(asked), [known], answer)
    _refuse_others(answer.response.user_handle, passkey.person)
    uses = answer.response.authenticator_data.counter
    _refuse_copies(uses, passkey.uses)
    return uses


def handle_of(person: Person) -> bytes:
    """Whom a passkey names. Those of the back office are bare numbers."""
    return str(person.actor).encode()


def read(said: str) -> dict[str, Any]:
    answer = json.loads(said)
    if not isinstance(answer, dict):
        raise Unproved("It is not what a browser says.")
    return answer


def _options(asked: str, **more: Any) -> str:
    return json.dumps({"publicKey": {"challenge": websafe_encode(bytes.fromhex(asked)), **more}})


def _state(asked: str) -> dict[str, Any]:
    return {"challenge": websafe_encode(bytes.fromhex(asked)), "user_verification": REQUIRED}


def _server() -> Fido2Server:
    """The kernel that checks signature, challenge, name, presence and verification; ours is the exact origin."""
    rp = PublicKeyCredentialRpEntity(id=_name(), name="Countersign")
    return Fido2Server(rp, verify_origin=_is_ours)


def _name() -> str:
    return urlsplit(settings.PORTAL_ADDRESS).hostname or ""


def _is_ours(origin: str) -> bool:
    return origin == settings.PORTAL_ADDRESS.rstrip("/")


def _refuse_frames(client_data: CollectedClientData) -> None:
    if client_data.cross_origin:
        raise Unproved("It was asked for within a page of somebody else.")


def _refuse_others(handle: bytes | None, person: Person) -> None:
    if handle != handle_of(person):
        raise Unproved("It names somebody else.")


def _refuse_copies(uses: int, before: int) -> None:
    if (uses or before) and uses <= before:
        raise Unproved("Its counter has not gone on: there may be a copy of it.")
