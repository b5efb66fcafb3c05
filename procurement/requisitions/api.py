"""Requests over REST: the same lists, the same verbs."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.lifecycles import Refused
from foundation.screens.policy import policy
from governance.approvals import actions as approvals
from organization.entities.models import CostCenter
from organization.sites.models import Site
from procurement.requisitions import actions as requisitions
from procurement.requisitions import queries, typed
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.models import Requisition, Source, Urgency
from procurement.requisitions.typed import Row
from procurement.requisitions.views.listing import REQUESTS

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class RequisitionLineOut(serializers.Serializer):
    number = serializers.IntegerField()
    lineage = serializers.UUIDField()
    sku = serializers.CharField(source="item.sku", default="")
    description = serializers.CharField()
    quantity = serializers.DecimalField(**NUMBER, help_text="In the item's base unit.")
    unit = serializers.CharField(source="unit.code")
    price = serializers.DecimalField(**NUMBER, help_text="For one base unit.")
    currency = serializers.CharField()
    price_source = serializers.CharField()
    amount = serializers.DecimalField(**NUMBER)
    need_by = serializers.DateField()
    supplier = serializers.CharField(source="supplier.number", default="")
    ordered = serializers.DecimalField(**NUMBER)
    cancelled = serializers.DecimalField(**NUMBER)
    note = serializers.CharField()


class RequisitionOut(serializers.Serializer):
    number = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField()
    title = serializers.CharField()
    site = serializers.CharField(source="site.code")
    cost_center = serializers.CharField(source="cost_center.code", default="")
    requester = serializers.CharField(source="requester.email", default="")
    urgency = serializers.CharField()
    need_by = serializers.DateField()
    amount = serializers.DecimalField(**NUMBER)
    currency = serializers.CharField()
    checks = serializers.JSONField()
    classification = serializers.JSONField(help_text="Spend, risk, confidence (0 to 1), reasons; from submit on.")
    created_at = serializers.DateTimeField()
    lines = serializers.SerializerMethodField()

    def get_lines(self, requisition: Requisition) -> list[dict[str, Any]]:
        """On the page of one request only: a list stays short."""
        if self.parent is not None:
            return []
        return RequisitionLineOut(queries.named_lines(requisition), many=True).data  # type: ignore[return-value]


class LineIn(serializers.Serializer):
    """One line, named by the codes that people use."""

    item = serializers.CharField(max_length=60, required=False, default="", help_text="SKU, GTIN or supplier part.")
    description = serializers.CharField(max_length=200, required=False, default="")
    quantity = serializers.DecimalField(**NUMBER)
    unit = serializers.CharField(max_length=3, required=False, default="")
    need_by = serializers.DateField(required=False, default=None)
    supplier = serializers.CharField(max_length=20, required=False, default="")
    price = serializers.DecimalField(**NUMBER, required=False, default=None)
    category = serializers.CharField(max_length=20, required=False, default="")
    note = serializers.CharField(max_length=200, required=False, default="")


class RaiseRequisition(rest.Nothing):
    site = serializers.CharField(max_length=8)
    title = serializers.CharField(max_length=200)
    cost_center = serializers.CharField(max_length=20, required=False, default="")
    need_by = serializers.DateField(required=False, default=None)
    urgency = serializers.ChoiceField(Urgency.choices, default=Urgency.NORMAL)
    urgency_reason = serializers.CharField(max_length=200, required=False, default="")
    stock_out_on = serializers.DateField(required=False, default=None, help_text="An emergency needs it.")
    note = serializers.CharField(max_length=2000, required=False, default="")
    lines = LineIn(many=True, max_length=typed.MOST)


class WithReason(rest.Nothing):
    reason = serializers.CharField(max_length=200)


class CancelRemainder(WithReason):
    line = serializers.IntegerField(min_value=1)


@policy("see_requisition")
class Requisitions(rest.Aggregate):
    output = RequisitionOut
    listing = REQUESTS

    def rows(self) -> QuerySet[Requisition]:
        return queries.requisition_pages(self.request.actor)

    def create(self, request: Request) -> Response:
        """Raise a request as a draft; lines are priced from contract or price list where no price is given."""
        self.insist("raise_requisition")
        asked = self.asked(RaiseRequisition)
        said = asked.data
        site = _site(self.request.actor, said.pop("site"))
        wanted = _wanted(said.pop("lines"), said["need_by"])
        center = _center(site, said.pop("cost_center"))
        said["cost_center_id"] = center.pk if center else None
        made = requisitions.raise_(
            site=site,
            wanted=wanted,
            source=Source.IMPORT,
            by=self.request.actor,
            at=now(),
            key=asked.key,
            **said,
        )
        if center and made.cost_center_id == center.pk:
            made.cost_center = center
        return self.shown(made, status=201)

    @rest.verb("raise_requisition")
    def submit(self, requisition: Requisition, asked: Any) -> Requisition:
        """Check it, reserve the budget, ask whoever the matrix names."""
        return requisitions.submit(requisition=requisition, by=self.request.actor, at=now(), **asked.seen)

    @rest.verb("raise_requisition")
    def withdraw(self, requisition: Requisition, asked: Any) -> Requisition:
        return requisitions.withdraw(requisition=requisition, by=self.request.actor, at=now(), **asked.seen)

    @rest.verb("raise_requisition", takes=WithReason)
    def cancel(self, requisition: Requisition, asked: Any) -> Requisition:
        return requisitions.cancel(requisition=requisition, by=self.request.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("see_requisition")
    def nudge(self, requisition: Requisition, asked: Any) -> Requisition:
        """Remind those whom it waits for: once a step and day."""
        approvals.nudge(about=requisition, by=self.request.actor, at=now(), key=asked.key)
        return requisition

    @rest.verb("raise_requisition", takes=CancelRemainder)
    def cancel_remainder(self, requisition: Requisition, asked: Any) -> Requisition:
        return requisitions.cancel_remainder(
            requisition=requisition,
            line_number=asked.data["line"],
            reason=asked.data["reason"],
            by=self.request.actor,
            at=now(),
            **asked.seen,
        )


def _site(actor: Any, code: str) -> Site:
    site = next((one for one in queries.sites_for(actor) if one.code == code), None)
    if site is None:
        raise serializers.ValidationError({"site": [_("You may not ask for this site, or it does not exist.")]})
    return site


def _center(site: Site, code: str) -> CostCenter | None:
    if not code:
        return None
    center = next((one for one in queries.centers_of([site]) if one.code == code), None)
    if center is None:
        raise serializers.ValidationError({"cost_center": [_("This legal entity has no such cost center.")]})
    return center


def _wanted(lines: list[dict[str, Any]], need_by: date | None) -> list[Wanted]:
    rows = [_row(line) for line in lines]
    typed.understand(rows, need_by=need_by)
    unclear = [f"{_('Line')} {n}: {row.problem}" for n, row in enumerate(rows, start=1) if row.problem]
    if unclear:
        raise Refused(*unclear)
    return [row.wanted for row in rows if row.wanted]


def _row(line: dict[str, Any]) -> Row:
    price, need_by = line["price"], line["need_by"]
    return Row(
        what=line["item"],
        description=line["description"],
        quantity=typed.written(line["quantity"]),
        unit=line["unit"],
        need_by=need_by.isoformat() if need_by else "",
        supplier=line["supplier"],
        price=typed.written(price) if price is not None else "",
        category=line["category"],
        note=line["note"],
    )
