"""New secrets and tokens: 256 random bits, shown once, kept as a digest."""

import hashlib
import secrets
from dataclasses import dataclass

PREFIX = "cs_"
"""By which scanners of repositories know a secret that was committed."""
HINT = 4


@dataclass(frozen=True)
class Fresh:
    """A secret as it is shown once. Two of them are never the same request."""

    text: str

    def __repr__(self) -> str:
        return f"secret {self.digest}"

    @property
    def digest(self) -> str:
        return digest(self.text)

    @property
    def hint(self) -> str:
        return self.text[-HINT:]


def fresh() -> Fresh:
    return Fresh(PREFIX + secrets.token_urlsafe(32))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
