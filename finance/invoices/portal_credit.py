"""A credit note made from its invoice: what should have been billed is typed, what goes back is computed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from finance.invoices import portal_forms
from finance.invoices import portal_queries as queries
from finance.invoices.portal_forms import Header, Words, sums, typed
from finance.invoices.portal_list import found
from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from foundation.values.money import line_amount
from foundation.values.quantity import parse_decimal
from foundation.values.reason import Reasoned
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind

PAGE = "portal/invoices/credit.html"


class CreditHeader(Header):
    words = Words(
        number=gettext_lazy("Your credit note number"),
        number_missing=gettext_lazy("Give the number of your credit note."),
        date=gettext_lazy("Credit note date"),
        ahead=gettext_lazy("A credit note is not dated ahead."),
        long_ago=gettext_lazy("This is more than a year ago. Give the date on the credit note."),
    )


@dataclass
class Row:
    """One line of the invoice, and what it should have been: quantity in the base unit, price of one."""

    line: Any
    currency: str
    quantity: str
    price: str
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return not self.errors and (self.right_quantity, self.right_price) != (self.line.quantity, self.line.price)

    @property
    def right_quantity(self) -> Decimal:
        return Decimal(self.quantity)

    @property
    def right_price(self) -> Decimal:
        return Decimal(self.price)

    @property
    def parts(self) -> list[tuple[Decimal, Decimal]]:
        """What goes back, as quantity and price: the difference, or all of it less what is right.

        A price that was wrong takes nothing from what was billed of the order, so the line comes back whole and is
        billed anew on the same note.
        """
        if not self.is_changed:
            return []
        if self.right_price == self.line.price:
            return [(self.line.quantity - self.right_quantity, self.line.price)]
        both = [(self.line.quantity, self.line.price), (-self.right_quantity, self.right_price)]
        return [part for part in both if part[0]]

    @property
    def amount(self) -> Decimal:
        return sum((self._amount(*part) for part in self.parts), Decimal(0))

    def _amount(self, quantity: Decimal, price: Decimal) -> Decimal:
        return line_amount(quantity, price, self.currency).amount

    def body(self, percent: Decimal) -> list[dict[str, str]]:
        bound = self.line.commitment
        return [
            {
                "line": str(bound.line_number) if bound else "",
                "order": self.line.order_number,
                "description": self.line.description,
                "quantity": typed(quantity),
                "price": typed(price),
                "amount": typed(self._amount(quantity, price)),
                "tax": typed(percent),
            }
            for quantity, price in self.parts
        ]


@require_http_methods(["GET", "POST"])
@policy(policy.SUPPLIER)
def credit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """GET shows the invoice's lines as billed, where an agreed price or quantity is filled in; POST sends the note."""
    invoice: Any = found(request, public_id)
    actor = request.actor  # type: ignore[attr-defined]
    awaited = any(one.invoice_id == invoice.pk for one in queries.credits_expected(actor))
    if not queries.may_be_credited(invoice, awaited):
        return render(request, PAGE, {"invoice": invoice}, status=200 if request.method == "GET" else 409)
    rows = [_row(line, invoice, awaited) for line in invoice.told]
    percent = max((line.tax_percent for line in invoice.told), default=Decimal(0))
    if request.method != "POST":
        initial = {"date": localdate(), "tax_percent": typed(percent)}
        return _page(request, invoice, CreditHeader(initial=initial, today=localdate()), rows, percent)
    form = CreditHeader(request.POST, today=localdate())
    is_readable, wrong = form.is_valid(), _read(rows, request.POST)
    percent = form.cleaned_data.get("tax_percent", percent)
    if is_partial(request):
        return _page(request, invoice, form, rows, percent)
    if not wrong and sum(row.amount for row in rows) <= 0:
        wrong = [("lines", _("Nothing is given back yet: change a quantity or a price to what it should have been."))]
    if wrong or not is_readable:
        return _page(request, invoice, form, rows, percent, wrong=wrong, status=422)
    with answering(request) as said:
        sent = submissions.submit(
            supplier_id=invoice.supplier_id,
            kind=SubmissionKind.INVOICE,
            about=invoice.public_id,
            body=_body(invoice, form.cleaned_data, rows, percent),
            by=actor,
            key=said.key,
        )
    return said.redirect(lambda: reverse("portal:sent", args=[sent.public_id]))


def _row(line: Any, invoice: Any, awaited: bool) -> Row:
    """What is agreed is known where the price differs: the ordered one."""
    bound = line.commitment
    price = min(line.price, bound.price) if awaited and bound else line.price
    return Row(line, invoice.currency, typed(line.quantity), typed(price))


def _read(rows: list[Row], data: QueryDict) -> list[tuple[str, str]]:
    """What was typed over what was filled in; answers what cannot be read, with its place."""
    for row in rows:
        for name, most in (("quantity", row.line.quantity), ("price", row.line.price)):
            place = f"{name}-{row.line.number}"
            text = data.get(place, getattr(row, name)).strip() or "0"
            try:
                value = parse_decimal(text)
            except Reasoned as problem:
                row.errors.append((place, problem.reason.sentence))
                setattr(row, name, text)
                continue
            setattr(row, name, typed(value))
            if not 0 <= value <= most:
                row.errors.append((place, _("Write between 0 and %(most)s, as it was billed.") % {"most": typed(most)}))
    return [(place, f"{row.line.number}: {said}") for row in rows for place, said in row.errors]


def _page(
    request: HttpRequest,
    invoice: Any,
    form: Header,
    rows: list[Row],
    percent: Decimal,
    *,
    wrong: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    given = sums((row.amount for row in rows), percent, invoice.currency)
    context = {"invoice": invoice, "form": form, "rows": rows, "sums": given, "wrong": wrong}
    return render(request, f"{PAGE}#sums" if is_partial(request) else PAGE, context, status=status)


def _body(invoice: Any, said: dict[str, Any], rows: list[Row], percent: Decimal) -> dict[str, Any]:
    """The body of a credit note (finance.submissions reads it): its figures are written positive and go back."""
    given = sums((row.amount for row in rows), percent, invoice.currency)
    order = next((row.line.order_number for row in rows if row.line.order_number), "")
    lines = [part for row in rows for part in row.body(percent)]
    billed = portal_forms.body(said, given, order=order, currency=invoice.currency, lines=lines)
    return billed | {"credits": invoice.supplier_number}
