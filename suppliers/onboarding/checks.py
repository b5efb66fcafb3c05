"""What is looked at before a supplier is approved: each a sentence, and whether it stands in the way."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from suppliers.banking import queries as banking
from suppliers.banking.lifecycle import AccountState
from suppliers.documents import queries as documents
from suppliers.documents.models import Effect
from suppliers.onboarding import duplicates
from suppliers.onboarding.duplicates import Likely
from suppliers.suppliers.lifecycle import SupplierState
from suppliers.suppliers.models import Supplier

OK, WARN, STOP = "ok", "warn", "bad"


@dataclass(frozen=True)
class Check:
    """``tone`` is OK, WARN or STOP; what stops has to be put right, what warns is for the approver to judge."""

    tone: str
    words: str


def checks(supplier: Supplier, *, on: date, likely: list[Likely]) -> list[Check]:
    """All of them, in the order they are read. ``likely``: who it may be besides (``duplicates.of``)."""
    return [_tax(supplier), _gln(supplier), _known(likely), _mail(supplier), *_papers(supplier, on), _account(supplier)]


def stops(supplier: Supplier, *, on: date) -> list[str]:
    """Why it cannot be approved yet."""
    found = checks(supplier, on=on, likely=duplicates.of(supplier))
    return [check.words for check in found if check.tone == STOP]


def _tax(supplier: Supplier) -> Check:
    party = supplier.party
    if not party.vat_number:
        return Check(WARN, _("It has no VAT number."))
    if fault := duplicates.tax_number_fault(party.vat_number, party.country):
        return Check(STOP, fault)
    return Check(OK, _("The VAT number can be one of %(country)s.") % {"country": party.country})


def _gln(supplier: Supplier) -> Check:
    if fault := duplicates.gln_fault(supplier.party.gln):
        return Check(STOP, fault)
    return Check(OK, _("The GLN is well formed.") if supplier.party.gln else _("It has no GLN; few need one."))


def _known(likely: list[Likely]) -> Check:
    certain = [one.supplier for one in likely if one.is_certain and one.supplier.status != SupplierState.INACTIVE]
    if certain:
        said = {"name": certain[0].party.name, "number": certain[0].number}
        return Check(STOP, _("%(name)s (%(number)s) has the same identifier: it is one firm.") % said)
    if likely:
        return Check(WARN, _("It may be one of ours already: see below."))
    return Check(OK, _("Nobody we have looks like it."))


def _mail(supplier: Supplier) -> Check:
    if any(contact.purpose == "orders" for contact in supplier.contacts.all()):
        return Check(OK, _("There is somebody to send orders to."))
    return Check(WARN, _("There is nobody to send orders to."))


def _papers(supplier: Supplier, on: date) -> list[Check]:
    asked = documents.asked_of(supplier, on=on)
    lacking = [one for one in asked if one.is_lacking]
    found = [Check(STOP, sentence) for sentence in documents.stops(asked)]
    others = [one.type.name for one in lacking if one.type.effect != Effect.STOP]
    if others:
        found.append(Check(WARN, _("Not here or not reviewed: %(names)s.") % {"names": ", ".join(others)}))
    return found or [Check(OK, _("Every document that is asked for is here."))]


def _account(supplier: Supplier) -> Check:
    states = {account.status for account in banking.accounts_of(supplier)}
    if AccountState.ACTIVE in states:
        return Check(OK, _("Its bank account is checked."))
    return Check(WARN, _("It has no checked bank account: invoices cannot be paid to it yet."))
