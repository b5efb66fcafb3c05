"""What a supplier's system may say, field by field, in the words of the glossary."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.values.quantity import parse_decimal
from foundation.values.reason import BadValue
from procurement.confirmations import glossary
from suppliers.submissions.models import Submission


@extend_schema_field(OpenApiTypes.DECIMAL)
class Figure(serializers.Field):
    """A number as digits, in quotes or bare: ``"12.5"``."""

    def to_internal_value(self, data: Any) -> Decimal:
        try:
            return parse_decimal(f"{data:f}" if isinstance(data, Decimal) else str(data))
        except BadValue as bad:
            raise serializers.ValidationError(str(bad)) from None

    def to_representation(self, value: Decimal) -> str:
        return f"{value:f}"


def figure(**more: Any) -> Figure:
    return Figure(required=False, **more)


def words(longest: int, **more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=longest, required=False, allow_blank=True, default="", **more)


def coded(codes: tuple[glossary.Code, ...], **more: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField([(code.word, code.meaning) for code in codes], **more)


class Delivery(serializers.Serializer):
    quantity = Figure()
    on = serializers.DateField()


class AnsweredLine(serializers.Serializer):
    """What is not said is as ordered. Quantities and prices are for the unit of the order line."""

    line = serializers.IntegerField(min_value=1, max_value=99_999)
    code = coded(glossary.LINES, default=glossary.CHANGED)
    unit = words(10, help_text=_("UN/ECE Recommendation 20; only to be certain."))
    price = figure()
    price_basis = figure(help_text=_("The price is for so many; 1 if nothing is said."))
    schedule = Delivery(many=True, required=False)
    substitute = words(60)
    reason = words(200)


class Confirmation(serializers.Serializer):
    """An answer to one revision of an order; that is also how a change is answered."""

    revision = serializers.IntegerField(min_value=1, max_value=32_000)
    code = coded(glossary.HEADERS)
    reference = words(40, help_text=_("Your own number for the order."))
    currency = words(3)
    lines = AnsweredLine(many=True, required=False)


class ShippedLine(serializers.Serializer):
    order = words(30, help_text=_("The number of another of your orders that is on the same truck."))
    line = serializers.IntegerField(min_value=1, max_value=99_999)
    quantity = Figure()
    unit = words(10)
    lot = words(40)
    expires_on = serializers.DateField(required=False)
    sscc = words(18)


class ShipNotice(serializers.Serializer):
    number = serializers.CharField(max_length=40)
    ships_on = serializers.DateField()
    arrives_on = serializers.DateField()
    carrier = words(80)
    tracking = words(80)
    packages = serializers.IntegerField(min_value=1, max_value=32_000, required=False)
    lines = ShippedLine(many=True)


class ChargedLine(serializers.Serializer):
    order = words(30, help_text=_("The number of another of your orders that this line bills."))
    line = serializers.IntegerField(min_value=1, max_value=99_999)
    quantity = Figure()
    unit = words(10)
    price = Figure()
    price_basis = figure()
    tax_percent = figure()


class Invoice(serializers.Serializer):
    number = serializers.CharField(max_length=40)
    date = serializers.DateField()
    currency = words(3)
    corrects = words(40, help_text=_("The number of the invoice that this one credits."))
    is_credit_note = serializers.BooleanField(default=False)
    tax = figure()
    total = Figure(help_text=_("With tax."))
    lines = ChargedLine(many=True)


class SubmissionOut(serializers.Serializer):
    """What was sent, and what became of it: ``received``, ``applied`` or ``refused`` with its reasons."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.CharField()
    order = serializers.UUIDField(source="about")
    channel = serializers.CharField()
    status = serializers.CharField()
    received_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField()
    answer = serializers.JSONField()
    said = serializers.SerializerMethodField()

    def get_said(self, submission: Submission) -> dict[str, Any]:
        """Word for word, on the page of one only."""
        return {} if self.parent is not None else dict(submission.body)


class OrderOut(serializers.Serializer):
    """An order; ``content`` is the revision in force as it was issued, in the canonical form, on its own page only."""

    id = serializers.UUIDField(source="public_id")
    number = serializers.CharField()
    revision = serializers.IntegerField()
    status = serializers.CharField()
    confirmed = serializers.CharField()
    confirm_by = serializers.DateTimeField()
    currency = serializers.CharField()
    amount = serializers.DecimalField(max_digits=20, decimal_places=6)
    need_by = serializers.DateField()
    issued_at = serializers.DateTimeField()
    content = serializers.SerializerMethodField()

    def get_content(self, order: Any) -> dict[str, Any]:
        return {} if self.parent is not None else self.context["content"]
