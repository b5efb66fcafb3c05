"""Namespaces, profiles and code lists of UBL and Peppol, as words of ours.

Sources: OASIS UBL 2.1; Peppol BIS 3 (docs.peppol.eu/poacc) and Billing 3; code lists ICD and EAS, UNCL1001, 4461, 5305.
"""

import re
from dataclasses import dataclass

COMMON = (
    ("cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"),
    ("cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"),
)
ROOT = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
"""The namespace of a root element; 2.0 and 2.1 share it."""


@dataclass(frozen=True)
class Profile:
    """What a message says it follows."""

    transaction: str
    """``T76``."""
    customization: str
    process: str


_TRANSACTION = "urn:fdc:peppol.eu:poacc:trns:{}:3"
_PROCESS = "urn:fdc:peppol.eu:poacc:bis:{}:3"
_BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_BILLING_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def _profile(transaction: str, customization: str, process: str) -> Profile:
    return Profile(transaction, _TRANSACTION.format(customization), _PROCESS.format(process))


ORDER = _profile("T01", "order", "ordering")
ORDER_RESPONSE = _profile("T76", "order_response", "ordering")
ORDER_CHANGE = _profile("T114", "order_change", "advanced_ordering")
ORDER_CANCELLATION = _profile("T115", "order_cancellation", "advanced_ordering")
ORDER_RESPONSE_ADVANCED = _profile("T116", "order_response_advanced", "advanced_ordering")
DESPATCH_ADVICE = _profile("T16", "despatch_advice", "despatch_advice")
INVOICE_RESPONSE = _profile("T111", "invoice_response", "invoice_response")
INVOICE = Profile("T10", _BILLING, _BILLING_PROCESS)
CREDIT_NOTE = Profile("T14", _BILLING, _BILLING_PROCESS)
PROFILES = (
    ORDER, ORDER_RESPONSE, ORDER_CHANGE, ORDER_CANCELLATION, ORDER_RESPONSE_ADVANCED, DESPATCH_ADVICE, INVOICE_RESPONSE,
    INVOICE, CREDIT_NOTE,
)  # fmt: skip
"""Peppol has no transaction for ReceiptAdvice: it is plain UBL."""

SCHEMES = {"0088": "gln", "GLN": "gln", "0060": "duns", "DUNS": "duns", "0002": "siren", "0106": "kvk"}
"""Who numbers parties (ICD, EAS, and what older files write), as the words of an Identifier."""
_CODES = {word: code for code, word in reversed(SCHEMES.items())}
_CODE = re.compile(r"[0-9]{4}|[A-Z]{2,5}")
GTIN = "0160"

TAX_SCHEME = "VAT"
OTHER_TAX = "TAX"
VAT_NAMES = frozenset({"VAT", "VA", "UK VAT", "GST", "MOMS", "MVA"})
"""How the tax is called in TaxScheme/ID where it is value added tax."""
STANDARD, ZERO = "S", "Z"
"""Tax categories (UNCL5305)."""

ORDER_TYPE, INVOICE_TYPE, CREDIT_NOTE_TYPE, NOTICE_TYPE, CHANGE_TYPE, LADING_TYPE = (
    "220",
    "380",
    "381",
    "351",
    "230",
    "705",
)
"""Kinds of document (UNCL1001)."""
CREDITING = frozenset({"381", "396", "261", "262", "83", "81", "308", "420", "458", "532"})
"""An invoice of these types gives money back (UNCL1001, the subset of credit notes in EN 16931)."""
CREDIT_TRANSFER = "30"
"""UNCL4461."""
DAYS = "DAY"
PACKAGES = {"PX": "pallet", "PL": "pallet", "201": "pallet", "CT": "carton", "CS": "carton", "BX": "carton"}
"""Packages (UN/ECE Recommendation 21)."""


def scheme_word(code: str) -> str:
    return SCHEMES.get(code, code)


def scheme_code(word: str) -> str:
    """The code of a scheme, or nothing: who numbered it is then left to the reader."""
    return _CODES.get(word) or (word if _CODE.fullmatch(word) else "")
