"""What every document between buyer and supplier has: a kind, a version, parties, and one way to JSON."""

from dataclasses import dataclass
from typing import Any, ClassVar

from integration.canon.parts import Party
from integration.canon.plain import plain


@dataclass(frozen=True, kw_only=True)
class Document:
    """One document as it was said, whoever says it and in whatever syntax."""

    kind: ClassVar[str]
    version: ClassVar[int]

    parties: tuple[Party, ...] = ()
    notes: tuple[str, ...] = ()

    def party(self, role: str) -> Party | None:
        """The first party in a role."""
        return next((party for party in self.parties if party.role == role), None)

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "version": self.version, **plain(self)}
