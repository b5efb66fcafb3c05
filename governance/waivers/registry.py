"""The door for checks: an upper floor says which of its policy checks can be waived.

waivers.register("off_contract", _("Buying outside a contract"))
"""

from typing import Any

CHECKS: dict[str, Any] = {}
"""Name of the check -> what it is called."""


DOCUMENTS: dict[str, str] = {}
"""Label of a model that has numbers -> its address, for waivers of one document."""


def register_document(label: str, url: str) -> None:
    """``register_document("procurement.requisition", "/requests/{}/")``."""
    DOCUMENTS[label] = url


def register(name: str, words: Any) -> None:
    CHECKS[name] = words
