"""An agreed credit is written down when it is agreed, and met when its credit note comes. Inside other doors."""

from datetime import datetime
from decimal import Decimal

from finance.credits.models import ExpectedCredit
from governance.cases.models import Case

BECAUSE = "what a supplier owes counts, whoever may see it"


def expect(
    case: Case, *, amount: Decimal, order_number: str = "", invoice_id: int | None = None, at: datetime
) -> ExpectedCredit:
    """Once a case: what is agreed anew takes the place of what was agreed before and is not met."""
    said = {
        "entity_id": case.entity_id,
        "supplier_id": case.supplier_id,
        "order_number": order_number,
        "invoice_id": invoice_id,
        "amount": amount,
        "currency": case.currency,
        "agreed_at": at,
    }
    everywhere = ExpectedCredit.objects.everywhere(because=BECAUSE)
    return everywhere.update_or_create(case=case, note=None, defaults=said)[0]


def waiting_on(invoice_id: int) -> ExpectedCredit | None:
    """The credit that is expected on an invoice."""
    everywhere = ExpectedCredit.objects.everywhere(because=BECAUSE)
    return everywhere.filter(invoice=invoice_id, note=None).order_by("pk").first()


def meet(*, note_id: int, invoice_id: int, orders: set[str], amount: Decimal, currency: str) -> ExpectedCredit | None:
    """The credit that a note of this amount brings: agreed on its invoice, or else on one of its orders."""
    open_ = ExpectedCredit.objects.everywhere(because=BECAUSE).filter(note=None, amount=amount, currency=currency)
    found = open_.filter(invoice=invoice_id).first() or (
        open_.filter(invoice=None, order_number__in=orders - {""}).order_by("pk").first()
    )
    if found:
        found.note_id = note_id
        found.save(update_fields=["note"])
    return found
