"""Customers over HTTP."""

from django.db.models import QuerySet
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.rest.viewsets import KEY, Asked
from foundation.screens.policy import policy
from fulfillment.customers import actions as customers
from fulfillment.customers.actions import SERVICE
from fulfillment.customers.models import Customer
from fulfillment.customers.views import CUSTOMERS
from fulfillment.demand import queries
from organization.parties.models import KNOWN_BY


class CustomerOut(serializers.Serializer):
    number = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField(source="party.name")
    country = serializers.CharField(source="party.country")
    city = serializers.CharField(source="party.city")
    address = serializers.CharField(source="party.address")
    vat_number = serializers.CharField(source="party.vat_number")
    gln = serializers.CharField(source="party.gln")
    priority = serializers.IntegerField()
    takes_partial = serializers.BooleanField()
    is_active = serializers.BooleanField()
    open_count = serializers.IntegerField(help_text="Open orders that the caller sees.")


class ChangeCustomerIn(rest.Nothing):
    """Any of these; what is not named stays."""

    name = serializers.CharField(max_length=200, required=False)
    country = serializers.RegexField(r"^[A-Z]{2}$", required=False)
    city = serializers.CharField(max_length=100, required=False, allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    vat_number = serializers.CharField(max_length=20, required=False, allow_blank=True)
    gln = serializers.RegexField(r"^([0-9]{13})?$", required=False, allow_blank=True)
    priority = serializers.IntegerField(min_value=1, max_value=9, required=False)
    takes_partial = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)


class EnterCustomer(ChangeCustomerIn):
    """A party nobody knew."""

    number = serializers.RegexField(r"^[A-Z0-9][A-Z0-9.-]*$", max_length=20)
    name = serializers.CharField(max_length=200)
    country = serializers.RegexField(r"^[A-Z]{2}$")


@policy("see_demand", "edit_customer")
class Customers(rest.Aggregate):
    """Who buys from us."""

    output = CustomerOut
    listing = CUSTOMERS

    def rows(self) -> QuerySet[Customer]:
        return queries.customer_rows(self.request.actor)

    @extend_schema(request=EnterCustomer, parameters=[KEY])
    def create(self, request: Request) -> Response:
        """Enter a customer."""
        self.insist("edit_customer")
        asked = self.asked(EnterCustomer)
        party = {name: asked.data[name] for name in KNOWN_BY if name in asked.data}
        service = {name: asked.data[name] for name in SERVICE if name in asked.data}
        number = asked.data["number"]
        customers.enter(number=number, party=party, service=service, by=self.request.actor, at=now(), key=asked.key)
        return self.shown(self.found(number=number), status=201)

    @rest.verb("edit_customer", takes=ChangeCustomerIn)
    def change(self, customer: Customer, asked: Asked) -> Customer:
        """Change its name and address, or how it is served."""
        customers.change(customer=customer, values=asked.data, by=self.request.actor, at=now(), **asked.seen)
        return self.found(number=customer.number)
