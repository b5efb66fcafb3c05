"""Duties that should not meet in one hand: a declared table, each row with its reason and its source.

*ISO* is ISO/IEC 27001:2022 A.5.3 (segregation of duties), *SOX* section 404 of the Sarbanes-Oxley Act as auditors test
it in purchase to pay. ``apart`` is the guard that keeps the two duties apart in each transaction anyway; where it is
empty, one person with both can go all the way alone.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ISO, SOX = "ISO/IEC 27001 A.5.3", "SOX 404"
LINES = frozenset({"category"})
"""A document has lines of several categories: scopes on different ones still meet in it."""
OPEN_LINES = LINES | {"supplier"}
"""A request may also name several suppliers."""


@dataclass(frozen=True)
class Conflict:
    """Two verbs. ``several`` are the dimensions in which one document stands at several places at once."""

    key: str
    first: str
    second: str
    label: str | Promise
    risk: str | Promise
    source: tuple[str, ...]
    apart: str | Promise = ""
    several: frozenset[str] = LINES

    @property
    def verbs(self) -> tuple[str, str]:
        return self.first, self.second


CONFLICTS = (
    Conflict(
        "ask-approve",
        "raise_requisition",
        "decide",
        _("Asks for goods and approves requests"),
        _("Buys what nobody else wanted."),
        (SOX, ISO),
        _("Nobody decides on a request of his own, nor stands in for somebody there."),
        OPEN_LINES,
    ),
    Conflict(
        "approve-order",
        "decide",
        "issue_order",
        _("Approves and orders"),
        _("Approves a purchase and sends it to a supplier of his choice."),
        (SOX, ISO),
    ),
    Conflict(
        "order-receive",
        "issue_order",
        "receive_goods",
        _("Orders and receives"),
        _("Orders goods and says that they came."),
        (SOX, ISO),
    ),
    Conflict(
        "order-invoice",
        "issue_order",
        "capture_invoice",
        _("Orders and captures invoices"),
        _("Orders and enters what is to be paid for it."),
        (SOX, ISO),
    ),
    Conflict(
        "receive-accept",
        "receive_goods",
        "accept_variance",
        _("Receives and accepts differences"),
        _("Counts too little and has all of it paid."),
        (SOX, ISO),
    ),
    Conflict(
        "receive-release",
        "receive_goods",
        "release_invoice",
        _("Receives and releases invoices"),
        _("Says that goods came and has them paid."),
        (SOX, ISO),
    ),
    Conflict(
        "capture-release",
        "capture_invoice",
        "release_invoice",
        _("Captures and releases invoices"),
        _("Enters an invoice and has it paid."),
        (SOX, ISO),
        _("Whoever captured an invoice does not release it."),
        frozenset(),
    ),
    Conflict(
        "supplier-order",
        "edit_supplier",
        "issue_order",
        _("Keeps suppliers and orders"),
        _("Orders from a supplier that he made up."),
        (SOX, ISO),
        _("Whoever entered a supplier does not approve it."),
    ),
    Conflict(
        "supplier-release",
        "edit_supplier",
        "release_invoice",
        _("Keeps suppliers and releases invoices"),
        _("Has a supplier paid whose data he changed."),
        (SOX, ISO),
        several=frozenset(),
    ),
    Conflict(
        "bank",
        "propose_bank",
        "approve_bank",
        _("Proposes and approves bank accounts"),
        _("Has a supplier's invoices paid to an account of his own."),
        (SOX, ISO),
        _("Whoever proposed an account does not approve it, and the supplier is called back."),
        frozenset(),
    ),
    Conflict(
        "bank-release",
        "propose_bank",
        "release_invoice",
        _("Proposes bank accounts and releases invoices"),
        _("Changes where money goes and sends it there."),
        (SOX, ISO),
        several=frozenset(),
    ),
    Conflict(
        "receive-adjust",
        "receive_goods",
        "adjust_stock",
        _("Receives and adjusts stock"),
        _("Corrects the stock until a theft does not show."),
        (ISO,),
    ),
    Conflict(
        "matrix",
        "edit_matrix",
        "publish_matrix",
        _("Writes and publishes the authority matrix"),
        _("Gives himself authority that nobody agreed to."),
        (SOX, ISO),
        _("Whoever wrote on a version does not publish it."),
    ),
    Conflict(
        "parameter",
        "propose_parameter",
        "decide_parameter",
        _("Proposes and decides on standards"),
        _("Widens a tolerance for himself."),
        (ISO,),
        _("Who proposes a value does not decide on it."),
    ),
    Conflict(
        "waiver",
        "ask_waiver",
        "grant_waiver",
        _("Asks for and grants waivers"),
        _("Frees himself of a rule."),
        (ISO,),
        _("Who asks for a waiver does not grant it."),
    ),
    Conflict(
        "grant-decide",
        "grant_role",
        "decide",
        _("Gives roles and approves"),
        _("Chooses who approves beside him."),
        (ISO,),
        _("Nobody gives himself a role."),
        OPEN_LINES,
    ),
    Conflict(
        "grant-release",
        "grant_role",
        "release_invoice",
        _("Gives roles and releases invoices"),
        _("Opens the way for the invoices that he has paid."),
        (ISO,),
        several=frozenset(),
    ),
)
BY_KEY = {conflict.key: conflict for conflict in CONFLICTS}
VERBS = frozenset(verb for conflict in CONFLICTS for verb in conflict.verbs)
