"""Invoices over HTTP: the same list, the same actions as the buttons."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from finance.invoices import actions as invoices
from finance.invoices import queries
from finance.invoices.actions import Charged
from finance.invoices.models import Invoice
from finance.invoices.views.lists import INVOICES
from foundation import rest
from foundation.rest.viewsets import Asked
from foundation.screens.policy import policy
from organization.entities.models import LegalEntity
from suppliers.suppliers.models import Supplier

FIGURE: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class InvoiceLineOut(serializers.Serializer):
    number = serializers.IntegerField()
    description = serializers.CharField()
    order_number = serializers.CharField()
    quantity = serializers.DecimalField(**FIGURE)
    price = serializers.DecimalField(**FIGURE)
    amount = serializers.DecimalField(**FIGURE)
    tax_percent = serializers.DecimalField(max_digits=6, decimal_places=3)
    verdict = serializers.CharField()
    sentence = serializers.CharField()
    is_accepted = serializers.BooleanField()


class InvoiceOut(serializers.Serializer):
    number = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField()
    supplier = serializers.CharField(source="supplier.number")
    supplier_number = serializers.CharField()
    entity = serializers.CharField(source="entity.code")
    invoiced_on = serializers.DateField()
    due_on = serializers.DateField()
    currency = serializers.CharField()
    net_amount = serializers.DecimalField(**FIGURE)
    tax_amount = serializers.DecimalField(**FIGURE)
    total_amount = serializers.DecimalField(**FIGURE)
    variance_amount = serializers.DecimalField(**FIGURE)
    verdict = serializers.CharField()
    erp_number = serializers.CharField()
    lines = InvoiceLineOut(many=True)


class LineIn(serializers.Serializer):
    order = serializers.CharField(max_length=30, required=False, default="")
    line = serializers.IntegerField(min_value=1, required=False, default=None)
    description = serializers.CharField(max_length=200, required=False, default="")
    quantity = serializers.DecimalField(**FIGURE)
    price = serializers.DecimalField(min_value=0, **FIGURE)
    amount = serializers.DecimalField(**FIGURE)
    tax_percent = serializers.DecimalField(max_digits=6, decimal_places=3, min_value=0, required=False, default=0)


class CaptureIn(serializers.Serializer):
    supplier = serializers.SlugRelatedField(slug_field="number", queryset=Supplier.objects.select_related("party"))
    entity = serializers.SlugRelatedField(slug_field="code", queryset=LegalEntity.objects.all())
    number = serializers.CharField(max_length=40)
    date = serializers.DateField()
    due = serializers.DateField(required=False, default=None)
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    tax = serializers.DecimalField(**FIGURE)
    total = serializers.DecimalField(**FIGURE)
    lines = LineIn(many=True, allow_empty=False)


class Explained(rest.Nothing):
    reason = serializers.CharField(max_length=200)


class AcceptIn(Explained):
    line = serializers.IntegerField(min_value=1)


@policy("see_invoice")
class Invoices(rest.Aggregate):
    """Supplier invoices and what the match said of them."""

    output = InvoiceOut
    listing = INVOICES

    def rows(self) -> QuerySet[Invoice]:
        return queries.invoice_rows(self.request.actor).prefetch_related("lines")

    def create(self, request: Request) -> Response:
        """Capture an invoice; it is matched in the same breath."""
        self.insist("capture_invoice")
        asked = self.asked(CaptureIn)
        made = invoices.capture(
            entity=asked.data["entity"],
            supplier=asked.data["supplier"],
            supplier_number=asked.data["number"],
            invoiced_on=asked.data["date"],
            due_on=asked.data["due"] or queries.due_on(asked.data["supplier"].payment_terms, asked.data["date"]),
            currency=asked.data["currency"],
            charged=[_charged(line) for line in asked.data["lines"]],
            tax_amount=asked.data["tax"],
            total_amount=asked.data["total"],
            by=request.actor,
            at=now(),
            key=asked.key,
        )
        return self.shown(made, status=201)

    @rest.verb("capture_invoice")
    def match(self, invoice: Invoice, asked: Asked) -> Invoice:
        """Match again."""
        return invoices.match(invoice=invoice, by=self.request.actor, at=now(), **asked.seen)

    @rest.verb("release_invoice")
    def release(self, invoice: Invoice, asked: Asked) -> Invoice:
        """Release a matching invoice for payment."""
        return invoices.release(invoice=invoice, by=self.request.actor, at=now(), **asked.seen)

    @rest.verb("release_invoice", takes=Explained)
    def reject(self, invoice: Invoice, asked: Asked) -> Invoice:
        """Do not pay it."""
        return invoices.reject(invoice=invoice, by=self.request.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("accept_variance", takes=AcceptIn)
    def accept(self, invoice: Invoice, asked: Asked) -> Invoice:
        """Pay the difference of one line."""
        line = asked.data.pop("line")
        return invoices.accept_variance(
            invoice=invoice, line_number=line, by=self.request.actor, at=now(), **asked.seen, **asked.data
        )


def _charged(line: dict[str, Any]) -> Charged:
    return Charged(
        description=line["description"] or line["order"] or "-",
        quantity=line["quantity"],
        price=line["price"],
        amount=line["amount"],
        order_number=line["order"],
        line_number=line["line"],
        tax_percent=line["tax_percent"],
    )
