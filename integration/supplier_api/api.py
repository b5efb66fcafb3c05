"""Orders and answers for suppliers' systems. What a token does not reach does not exist here."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from foundation import rest
from foundation.rest.viewsets import KEY
from foundation.screens import lists
from foundation.screens.finding import find
from foundation.screens.policy import policy
from integration.clients.authentication import BearerAuthentication
from integration.clients.models import Scope
from integration.sending import composing
from integration.supplier_api import saying, serializers
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import OrderRevision, PurchaseOrder
from suppliers.submissions import actions as submissions
from suppliers.submissions.lifecycle import SubmissionState
from suppliers.submissions.models import Submission, SubmissionKind
from suppliers.suppliers.models import Channel

ORDERS = lists.List(
    "supplier-orders",
    columns=[
        lists.Column("number", gettext_lazy("Number"), sort="number"),
        lists.Column("issued_at", gettext_lazy("Issued"), sort="issued_at"),
    ],
    filters=[
        lists.Search(["number"]),
        lists.Choice("status", gettext_lazy("State"), OrderState.choices),
        lists.DateRange("need_by", gettext_lazy("Needed by")),
    ],
)
SUBMISSIONS = lists.List(
    "supplier-submissions",
    columns=[lists.Column("received_at", gettext_lazy("Received"), sort="received_at")],
    filters=[
        lists.Choice("status", gettext_lazy("State"), SubmissionState.choices),
        lists.Choice("kind", gettext_lazy("What"), SubmissionKind.choices),
    ],
)
BY_ID = "[0-9a-f-]{36}"
WHAT = {
    "confirmation": (SubmissionKind.CONFIRMATION, saying.confirmation, serializers.Confirmation),
    "ship_notice": (SubmissionKind.SHIP_NOTICE, saying.ship_notice, serializers.ShipNotice),
    "invoice": (SubmissionKind.INVOICE, saying.invoice, serializers.Invoice),
}


class NotInScope(PermissionDenied):
    """RFC 6750 section 3.1."""

    def __init__(self, scope: str) -> None:
        super().__init__(_("The token lacks the scope %(scope)s: ask for one that has it.") % {"scope": scope})
        self.auth_header = f'Bearer error="insufficient_scope", scope="{scope}"'


class OfSupplier(rest.Aggregate):
    """What every address here has: a bearer token of a supplier's system, and a scope."""

    authentication_classes = [BearerAuthentication]
    lookup_field = "public_id"
    lookup_value_regex = BY_ID

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        scope = getattr(getattr(self, self.action or "", None), "scope", Scope.READ_ORDERS)
        if scope not in request.auth.scopes or request.auth.client.supplier_id is None:
            raise NotInScope(scope)


def says(scope: str, path: str, takes: type[Serializer]) -> Any:
    """A POST below an order that becomes a submission; it is applied within a second."""

    def wrap(method: Any) -> Any:
        made: Any = action(detail=True, methods=["post"], url_path=path, url_name=path)(method)
        made.scope = scope
        return extend_schema(request=takes, parameters=[KEY], responses={201: serializers.SubmissionOut})(made)

    return wrap


@policy(policy.CLIENT)
class Orders(OfSupplier):
    """The supplier's orders."""

    output = serializers.OrderOut
    listing = ORDERS

    def rows(self) -> QuerySet[PurchaseOrder]:
        """Those that were issued to it once."""
        return PurchaseOrder.objects.visible_to(self.actor).filter(revision__gte=1)

    def mine(self, public_id: str) -> PurchaseOrder:
        """Whatever the token may read: to answer an order its own scope is enough."""
        everywhere = PurchaseOrder.objects.everywhere(because="bound to the supplier of the token")
        supplier = self.request.auth.client.supplier_id
        return find(everywhere.filter(supplier_id=supplier, revision__gte=1), public_id=public_id)

    def retrieve(self, request: Request, **where: str) -> Response:
        """The order with the revision in force."""
        order = self.found(**where)
        return Response(self.output(order, context={"content": _content(order, order.revision)}).data)

    @action(detail=True, url_path="revisions/(?P<revision>[0-9]{1,5})", url_name="revision")
    def revision(self, request: Request, public_id: str, revision: str) -> Response:
        """One revision, as it was issued."""
        return Response(_content(self.found(public_id=public_id), int(revision)))

    @says(Scope.CONFIRM, "confirmations", serializers.Confirmation)
    def confirmations(self, request: Request, public_id: str) -> Response:
        """Answer a revision of the order: accept, change, reject."""
        return self._said("confirmation", public_id)

    @says(Scope.NOTIFY, "ship-notices", serializers.ShipNotice)
    def ship_notices(self, request: Request, public_id: str) -> Response:
        """Say what is on the truck."""
        return self._said("ship_notice", public_id)

    @says(Scope.BILL, "invoices", serializers.Invoice)
    def invoices(self, request: Request, public_id: str) -> Response:
        """Bill what was ordered, or credit what was billed."""
        return self._said("invoice", public_id)

    def _said(self, what: str, public_id: str) -> Response:
        kind, read, takes = WHAT[what]
        order, asked, at = self.mine(public_id), self.asked(takes), now()
        supplier = self.request.auth.client.supplier
        wanted = saying.wanted(order, asked.data, read, supplier=supplier, on=at.date())
        made = submissions.submit(
            supplier=supplier,
            kind=kind,
            about=order.public_id,
            channel=Channel.API,
            body=wanted.body,
            by=self.actor,
            at=at,
            key=asked.key,
        )
        return Response(serializers.SubmissionOut(made).data, status=201)


@policy(policy.CLIENT)
class Submissions(OfSupplier):
    """What was sent by whatever channel, and what became of it."""

    output = serializers.SubmissionOut
    listing = SUBMISSIONS

    def rows(self) -> QuerySet[Submission]:
        return Submission.objects.visible_to(self.actor)


def _content(order: PurchaseOrder, number: int) -> dict[str, Any]:
    frozen = find(OrderRevision.objects.filter(order=order), number=number)
    return composing.purchase_order(frozen.content, issued_on=frozen.issued_at.date()).to_json()
