"""An authenticator without a device: a P-256 key that answers as a browser would let it, truly or with one lie."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode as text

ORIGIN = "http://localhost:8001"
PRESENT, VERIFIED, HAS_KEY = 1, 4, 64


class SoftwareKey:
    def __init__(self, handle: str, *, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.handle, self.counts, self.uses = os.urandom(16), handle, counts, 0

    @property
    def public_key(self) -> bytes:
        return cbor.encode(ES256.from_cryptography_key(self.key.public_key()))

    @property
    def name(self) -> str:
        return text(self.id)

    def makes(self, options: str, *, alg: int | None = None, **lies: Any) -> str:
        """What the browser says of a new passkey (attestation "none")."""
        public = cbor.decode(self.public_key) | ({3: alg} if alg else {})
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(public)
        data = self._data(lies, HAS_KEY) + credential
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._client(options, {"type": "webauthn.create", **lies})
        return self._said(clientDataJSON=text(said), attestationObject=text(attested))

    def shows(self, options: str, **lies: Any) -> str:
        """What the browser says when the passkey is shown."""
        data, said = self._data(lies), self._client(options, {"type": "webauthn.get", **lies})
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        if lies.get("signed_by"):
            signed = lies["signed_by"].key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._said(
            clientDataJSON=text(said),
            authenticatorData=text(data),
            signature=text(signed),
            userHandle=text(lies.get("handle", self.handle).encode()),
        )

    def _client(self, options: str, lies: dict[str, Any]) -> bytes:
        asked = json.loads(options)["publicKey"]["challenge"]
        said = {"challenge": asked, "origin": ORIGIN, "crossOrigin": False}
        return json.dumps({name: lies.get(name, said.get(name)) for name in ("type", *said)}).encode()

    def _data(self, lies: dict[str, Any], more: int = 0) -> bytes:
        self.uses += self.counts
        place = hashlib.sha256(lies.get("place", "localhost").encode()).digest()
        flags = lies.get("flags", PRESENT | VERIFIED) | more
        return place + bytes([flags]) + int(lies.get("uses", self.uses)).to_bytes(4, "big")

    def _said(self, **response: str) -> str:
        return json.dumps({"id": self.name, "rawId": self.name, "type": "public-key", "response": response})
