"""What the buyer tells the supplier about an invoice (Peppol Invoice Response T111)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from integration.canon.documents import Document

VERSION = 1
RECEIVED, IN_PROCESS, UNDER_QUERY, CONDITIONALLY, REJECTED, ACCEPTED, PAID = (
    "received", "in_process", "under_query", "conditionally_accepted", "rejected", "accepted", "paid",
)  # fmt: skip
UNCL4343 = {
    RECEIVED: "AB", IN_PROCESS: "IP", UNDER_QUERY: "UQ", CONDITIONALLY: "CA", REJECTED: "RE", ACCEPTED: "AP",
    PAID: "PD",
}  # fmt: skip
"""The code of each status in the Peppol subset T111 of UNCL4343."""


@dataclass(frozen=True, kw_only=True)
class Clarification:
    """Why, or what to do about it: a code of the lists OPStatusReason and OPStatusAction, and a sentence."""

    code: str = ""
    list: str = ""
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class InvoiceResponse(Document):
    kind: ClassVar[str] = "invoice-response"
    version: ClassVar[int] = VERSION

    number: str
    issued_on: date | None = None
    invoice: str
    invoiced_on: date | None = None
    code: str
    effective_on: date | None = None
    clarifications: tuple[Clarification, ...] = ()
