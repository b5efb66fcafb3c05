"""Suppliers over HTTP."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.rest.viewsets import Asked
from foundation.screens.policy import policy
from organization.parties.models import KNOWN_BY
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers import queries
from suppliers.suppliers.actions import TERMS
from suppliers.suppliers.models import Channel, Risk, Supplier
from suppliers.suppliers.views import SUPPLIERS

PERCENT: dict[str, Any] = {"max_digits": 6, "decimal_places": 3}


class Terms(serializers.Serializer):
    """The terms we buy on."""

    currency = serializers.RegexField(r"^[A-Z]{3}$")
    payment_terms = serializers.CharField(max_length=40)
    incoterm = serializers.RegexField(r"^[A-Z]{3}$")
    channel = serializers.ChoiceField(Channel.choices)
    risk = serializers.ChoiceField(Risk.choices)
    lead_time_days = serializers.IntegerField(min_value=0, max_value=999)
    confirms_within_hours = serializers.IntegerField(min_value=1, max_value=999)
    deemed_accepted_after_days = serializers.IntegerField(min_value=0, max_value=999, allow_null=True)
    quantity_percent = serializers.DecimalField(min_value=0, max_value=100, **PERCENT)
    price_percent = serializers.DecimalField(min_value=0, max_value=100, **PERCENT)
    days_early = serializers.IntegerField(min_value=0, max_value=999)
    days_late = serializers.IntegerField(min_value=0, max_value=999)


class SupplierOut(Terms):
    number = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField(source="party.name")
    country = serializers.CharField(source="party.country")
    status = serializers.CharField()


class ChangeTermsIn(rest.Nothing):
    """Any of the terms; what is not named stays."""

    def get_fields(self) -> dict[str, serializers.Field]:
        terms = Terms().get_fields()
        for field in terms.values():
            field.required = False
        return {**super().get_fields(), **terms}


class FirstContact(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    email = serializers.EmailField()


class EnterSupplier(rest.Nothing):
    """A firm nobody here knew. Terms that are not named have their usual value."""

    number = serializers.RegexField(r"^[A-Z0-9][A-Z0-9.-]*$", max_length=20)
    name = serializers.CharField(max_length=200)
    country = serializers.RegexField(r"^[A-Z]{2}$")
    city = serializers.CharField(max_length=100, required=False)
    address = serializers.CharField(max_length=300, required=False)
    vat_number = serializers.CharField(max_length=20, required=False)
    gln = serializers.RegexField(r"^[0-9]{13}$", required=False)
    contact = FirstContact(required=False, default=None, help_text="Whom orders are mailed to.")

    def get_fields(self) -> dict[str, serializers.Field]:
        terms = Terms().get_fields()
        for name, field in terms.items():
            field.required = name == "currency"
        return {**super().get_fields(), **terms}


class Explained(rest.Nothing):
    reason = serializers.CharField(max_length=200)


@policy("see_supplier")
class Suppliers(rest.Aggregate):
    """Who sells to us."""

    output = SupplierOut
    listing = SUPPLIERS

    def rows(self) -> QuerySet[Supplier]:
        return queries.supplier_rows(self.request.actor)

    def create(self, request: Request) -> Response:
        """Enter a supplier as a prospect; somebody else activates it."""
        self.insist("edit_supplier")
        asked = self.asked(EnterSupplier)
        said = asked.data
        party = {name: said[name] for name in KNOWN_BY if name in said}
        terms = {name: said[name] for name in TERMS if name in said}
        contact = said["contact"] and {**said["contact"], "phone": "", "purpose": "orders"}
        made = suppliers.enroll(
            number=said["number"],
            party=party,
            terms=terms,
            contact=contact,
            is_active=False,
            by=self.request.actor,
            at=now(),
            key=asked.key,
        )
        return self.shown(made, status=201)

    @rest.verb("edit_supplier", takes=ChangeTermsIn)
    def terms(self, supplier: Supplier, asked: Asked) -> Supplier:
        """Change the terms."""
        return suppliers.change_terms(
            supplier=supplier, terms=asked.data, by=self.request.actor, at=now(), **asked.seen
        )

    @rest.verb("edit_supplier")
    def activate(self, supplier: Supplier, asked: Asked) -> Supplier:
        """It may be ordered from. A prospect is approved by somebody else than who entered it."""
        return suppliers.activate(supplier=supplier, by=self.request.actor, at=now(), **asked.seen)

    @rest.verb("block_supplier", takes=Explained)
    def block(self, supplier: Supplier, asked: Asked) -> Supplier:
        """Nothing is ordered from it or paid to it."""
        return suppliers.block(supplier=supplier, by=self.request.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("block_supplier", takes=Explained)
    def release(self, supplier: Supplier, asked: Asked) -> Supplier:
        """Let it be ordered from again."""
        return suppliers.release(supplier=supplier, by=self.request.actor, at=now(), **asked.seen, **asked.data)
