"""What a supplier may see of a case about his invoice, how it may be settled with him, and his own word on it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.invoices.models import Invoice
from finance.invoices.portal_queries import because
from foundation.lifecycles import Refused
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from foundation.values.exact import plain
from governance.cases.queries import open_cases_about
from suppliers.disputes import actions as disputes
from suppliers.disputes.answering import files_of, text_of
from suppliers.disputes.settlements import AMOUNT, CORRECT, CREDIT, NO_CLAIM, Settlement, register
from suppliers.disputes.showing import Shown, can_be_shown, shows
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind

WRONG_BILL = Settlement(
    CORRECT,
    "reject_invoice",
    gettext_lazy("A corrected invoice"),
    gettext_lazy("This invoice is not paid; the corrected one may carry the same number."),
)
GIVE_BACK = Settlement(
    CREDIT,
    "wait_for_credit",
    gettext_lazy("A credit note"),
    gettext_lazy("The invoice is paid once the credit note is here."),
    asks=AMOUNT,
)
PAY = Settlement(
    NO_CLAIM,
    "accept_difference",
    gettext_lazy("It is paid as billed"),
    gettext_lazy("The buyer takes over the difference."),
)

register("invoice_price", "invoice_quantity", by=(GIVE_BACK, WRONG_BILL, PAY))
register("invoice_not_ordered", by=(GIVE_BACK, WRONG_BILL))
register("invoice_currency", "invoice_totals", by=(WRONG_BILL,))
register("invoice_credit", by=(WRONG_BILL, PAY))


@shows("finance.invoice")
def of_invoice(case: Any, title: str) -> Shown:
    """Billed beside ordered and received, for each line that differs."""
    invoice: Invoice = fetch(case.about)
    facts = [(_("Invoice"), invoice.supplier_number), (_("Dated"), invoice.invoiced_on.isoformat())]
    for line in invoice.lines.select_related("commitment").order_by("number"):
        if bound := line.commitment:
            said = {
                "quantity": plain(line.quantity),
                "price": plain(line.price),
                "ordered": plain(bound.quantity),
                "agreed": plain(bound.price),
                "received": plain(bound.received),
            }
            facts.append(
                (
                    _("Line %(n)d") % {"n": line.number},
                    _("%(quantity)s at %(price)s billed; %(ordered)s at %(agreed)s ordered; %(received)s received")
                    % said,
                )
            )
    return Shown(
        about=_("Invoice %(number)s") % {"number": invoice.supplier_number},
        title=title,
        facts=facts,
        invoice_public_id=invoice.public_id,
        files=[invoice.file] if invoice.file else [],
    )


@handles(SubmissionKind.MESSAGE)
def ask(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"text"}`` about the public id of an invoice of his own that is held: it begins, or goes on in, its thread."""
    everywhere = Invoice.objects.everywhere(because="bound to the submission's supplier")
    invoice = everywhere.filter(public_id=submission.about, supplier_id=submission.supplier_id).first()
    if invoice is None:
        raise Refused(_("There is no such invoice."))
    case = next((case for case in open_cases_about(invoice) if can_be_shown(case)), None)
    if case is None:
        raise Refused(because(invoice))
    files = files_of(submission.body, case, by=by, at=at)
    disputes.write(case=case, text=text_of(submission.body), files=files, by=by, at=at)
    thread = disputes.thread_of(case)
    return {"invoice": invoice.supplier_number, "dispute": str(thread.public_id) if thread else ""}
