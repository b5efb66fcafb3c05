"""What a supplier's answer means, in our words and in the code lists of the trade: the one place that says so.

Line codes: X12 element 668 (``ACK01``), UNCL1229, cXML ConfirmationStatus. Header codes: X12 element 587 (``BAK02``),
UNCL4343 as EDIFACT BGM and Peppol Order Response (T76) use it, UNCL1225 as Peppol Advanced Ordering (T116) does, cXML
ConfirmationHeader. Sources: X12 004010 and 005010, UN/EDIFACT D.96A to D.11A, Peppol BIS 3, cXML 1.2. The first code of
a cell is the one we write; a reader understands them all.
UNCL1229 is coarser than X12: most changes are one code (3) there, and the figures say what changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

ACCEPTED, CHANGED, REJECTED, ACKNOWLEDGED, ON_HOLD = "accepted", "changed", "rejected", "acknowledged", "on_hold"
QUANTITY_CHANGED, DATE_CHANGED, PRICE_CHANGED = "quantity_changed", "date_changed", "price_changed"
PRICE_PENDING, DATE_PENDING = "price_pending", "date_pending"
SUBSTITUTED, PARTLY_BACKORDERED, BACKORDERED = "substituted", "partly_backordered", "backordered"
DELETED, ALREADY_DELIVERED, ADDED = "deleted", "already_delivered", "added"
ANSWERED = "answered"

X12_668, UNCL1229, X12_587, UNCL4343, PEPPOL_T76, UNCL1225 = (
    "X12 668", "UNCL1229", "X12 587", "UNCL4343", "Peppol T76", "UNCL1225",
)  # fmt: skip
CXML_STATUS, CXML_TYPE = "cXML status", "cXML type"
"""The lists: by these names ``coded`` and ``understood`` know them."""


@dataclass(frozen=True)
class Code:
    """One word of ours with its codes in each list."""

    word: str
    meaning: str
    codes: dict[str, tuple[str, ...]]


def _line(word: str, meaning: str, x12: str, uncl1229: str, cxml: str) -> Code:
    lists = {X12_668: x12, UNCL1229: uncl1229, CXML_STATUS: cxml}
    return Code(word, meaning, {name: tuple(codes.split()) for name, codes in lists.items()})


LINES = (
    _line(ACCEPTED, _("as ordered"), "IA AR AC AA", "5", "accept"),
    _line(CHANGED, _("several things changed"), "IC", "3 6", "detail allDetail"),
    _line(QUANTITY_CHANGED, _("another quantity"), "IQ", "3", "detail"),
    _line(DATE_CHANGED, _("another day"), "DR", "3", "detail"),
    _line(PRICE_CHANGED, _("another price"), "IP", "3", "detail"),
    _line(PRICE_PENDING, _("the price is still open"), "IE", "3", "detail"),
    _line(DATE_PENDING, _("accepted, the day is still open"), "SP", "3", "detail"),
    _line(SUBSTITUTED, _("another item instead; needs the buyer"), "IS", "3", "detail"),
    _line(PARTLY_BACKORDERED, _("part of it comes, the rest later"), "BP", "3", ""),
    _line(BACKORDERED, _("all of it later; without a day it is a case"), "IB", "3", "backordered"),
    _line(ON_HOLD, _("the supplier lacks information"), "IH IF IW", "", "unknown"),
    _line(REJECTED, _("not accepted"), "IR R1 R2 R3 R4 R5 R6 R7 R8", "7", "reject"),
    _line(DELETED, _("the line was dropped"), "ID", "2", "reject"),
    _line(ALREADY_DELIVERED, _("delivered already, the change comes too late"), "", "42", ""),
    _line(ADDED, _("the supplier adds a line; always for the buyer"), "", "1", ""),
)
NOTHING_COMES = frozenset((REJECTED, DELETED))


def _header(word: str, meaning: str, x12: str, uncl4343: str, t76: str, uncl1225: str, cxml: str) -> Code:
    lists = {X12_587: x12, UNCL4343: uncl4343, PEPPOL_T76: t76, UNCL1225: uncl1225, CXML_TYPE: cxml}
    return Code(word, meaning, {name: tuple(codes.split()) for name, codes in lists.items()})


HEADERS = (
    _header(ACKNOWLEDGED, _("the message arrived; never an acceptance"), "AK", "AB", "AB", "12", ""),
    _header(ACCEPTED, _("accepted"), "AT AD", "AP", "AP", "29", "accept"),
    _header(
        CHANGED,
        _("accepted with changes"),
        "AC AE",
        "AC CA",
        "CA",
        "30 4",
        "detail allDetail except backordered replace",
    ),
    _header(REJECTED, _("rejected"), "RJ RD RF RO", "RE", "RE", "27", "reject"),
    _header(ON_HOLD, _("arrived and waits at the supplier"), "AH", "", "", "", ""),
)
TAKEN_AS = {
    ACKNOWLEDGED: ACKNOWLEDGED,
    ON_HOLD: ACKNOWLEDGED,
    ACCEPTED: ANSWERED,
    CHANGED: ANSWERED,
    REJECTED: REJECTED,
}
"""What ``confirm`` is told of each header: arrived, answered line by line, or rejected as a whole."""


def _written(codes: tuple[Code, ...]) -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for code in codes:
        for name, known in code.codes.items():
            lists.setdefault(name, {}).update({code.word: known[0]} if known else {})
    return lists


def _read(codes: tuple[Code, ...]) -> dict[str, dict[str, str]]:
    """The first word that has a code is what the code means: 3 is *changed*."""
    lists: dict[str, dict[str, str]] = {}
    for code in codes:
        for name, known in code.codes.items():
            for each in known:
                lists.setdefault(name, {}).setdefault(each, code.word)
    return lists


WRITTEN = _written(LINES) | _written(HEADERS)
"""List -> word -> the code we write. A word that a list cannot say is not there."""
READ = _read(LINES) | _read(HEADERS)
"""List -> code -> word."""


def together(words: Iterable[str]) -> str:
    """The code of a line whose parts have codes of their own."""
    different = list(dict.fromkeys(words))
    if len(different) == 1:
        return different[0]
    said = set(different)
    if SUBSTITUTED in said:
        return SUBSTITUTED
    if said <= {ACCEPTED, BACKORDERED, PARTLY_BACKORDERED, DATE_CHANGED}:
        return PARTLY_BACKORDERED
    if said <= {ACCEPTED, QUANTITY_CHANGED, REJECTED, DELETED}:
        return QUANTITY_CHANGED
    return CHANGED
