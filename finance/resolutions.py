"""What may be done about an invoice that does not match."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.credits import actions as credits
from finance.invoices import actions as invoices
from finance.invoices.actions import cases, exceptions
from finance.invoices.lifecycle import UNSETTLED
from finance.invoices.models import Invoice, InvoiceLine
from foundation.documents.models import Recorded
from foundation.resolutions.registry import Ask, register
from foundation.screens import shown
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor

ABOUT_LINES = ("invoice_price", "invoice_quantity", "invoice_not_ordered")
ABOUT_ALL = (*ABOUT_LINES, "invoice_currency", "invoice_totals")


class _OnInvoice:
    """A way out of a case about an invoice; the invoice's own rules are asked again when it is carried out."""

    def lock(self, case: Any) -> Iterable[Recorded]:
        return [self._invoice(case)]

    def why_not(self, case: Any) -> list[str]:
        invoice = self._invoice(case)
        if invoice.status in UNSETTLED:
            return []
        return [_("The invoice is settled: %(state)s.") % {"state": invoice.get_status_display().lower()}]

    def _invoice(self, case: Any) -> Invoice:
        return fetch(case.about)

    def _differing(self, case: Any) -> list[InvoiceLine]:
        return exceptions.differing(self._invoice(case))


@register("invoice_price", "invoice_quantity", "invoice_credit")
class AcceptDifference(_OnInvoice):
    """Pay what is asked. Goods that did not come are not accepted away: their line keeps stopping the invoice."""

    name, label, verb = "accept_difference", gettext_lazy("Accept the difference and pay it"), "accept_variance"
    asks = (Ask("reason", gettext_lazy("Why is the difference paid?")),)

    def why_not(self, case: Any) -> list[str]:
        if objections := super().why_not(case):
            return objections
        return [] if self._differing(case) else [_("No line has a difference that can be accepted.")]

    def preview(self, case: Any) -> list[str]:
        invoice, lines = self._invoice(case), self._differing(case)
        more = sum(line.difference_amount for line in lines)
        return [
            _("%(amount)s more than agreed is paid.") % {"amount": shown.money(more, invoice.currency)},
            _("The invoice matches, and somebody else releases it."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        reason = str(facts.get("reason") or case.number)
        for line in self._differing(case):
            invoices.accept_variance(invoice=self._invoice(case), line_number=line.number, reason=reason, by=by, at=at)


@register("invoice_price")
class AskForPriceException(_OnInvoice):
    """Whoever works on the case need not have the authority to pay more: the matrix says who has."""

    name, label, verb = "ask_exception", gettext_lazy("Ask for a price exception"), "work_case"
    asks = (Ask("reason", gettext_lazy("Why should the difference be paid?"), required=True),)

    def why_not(self, case: Any) -> list[str]:
        if objections := super().why_not(case):
            return objections
        return [] if self._differing(case) else [_("No line has a difference that can be accepted.")]

    def preview(self, case: Any) -> list[str]:
        more = sum(line.difference_amount for line in self._differing(case))
        said = {"amount": shown.money(more, self._invoice(case).currency)}
        return [
            _("The authority matrix says who decides on %(amount)s; the invoice stays on hold until then.") % said,
            _("Granted, the difference is paid; not granted, this exception comes back."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        exceptions.ask(self._invoice(case), reason=str(facts.get("reason", "")), by=by, at=at)


@register(*ABOUT_ALL, "invoice_credit")
class RejectInvoice(_OnInvoice):
    name, label, verb = "reject_invoice", gettext_lazy("Reject the invoice"), "release_invoice"
    asks = (Ask("reason", gettext_lazy("Why is it not paid?"), gettext_lazy("The supplier reads it.")),)

    def preview(self, case: Any) -> list[str]:
        said = {"number": self._invoice(case).supplier_number}
        return [
            _("Invoice %(number)s is not paid; the supplier reads why.") % said,
            _("The supplier may send a corrected one under the same number."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        reason = str(facts.get("reason") or case.summary)[:200]
        invoices.reject(invoice=self._invoice(case), reason=reason, by=by, at=at)


@register(*ABOUT_LINES)
class WaitForCreditNote(_OnInvoice):
    """Hold the invoice under a case of its own until the supplier's credit note is here."""

    name, label, verb = "wait_for_credit", gettext_lazy("Wait for a credit note"), "work_case"

    def preview(self, case: Any) -> list[str]:
        return [
            _("The invoice is not paid until the credit note is here."),
            _("A case for the credit note is opened; it ends by accepting or rejecting the invoice."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        invoice = self._invoice(case)
        if agreed := facts.get("amount"):
            credits.expect(case, amount=Decimal(agreed), invoice_id=invoice.pk, at=at)
        cases.open_(invoice, cases.CREDIT, by=by, at=at)
