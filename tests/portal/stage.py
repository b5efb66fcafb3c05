"""The portal's addresses, and a few that do what no view of ours may: to see whether the fence alone holds."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path

from foundation.screens.policy import policy
from organization.people.models import Person
from procurement.orders.models import PurchaseOrder
from suppliers.submissions import portal as submissions


@policy(policy.PUBLIC)
def everything(_request: HttpRequest) -> HttpResponse:
    """A view that forgot whose eyes it is for."""
    rows = PurchaseOrder.objects.everywhere(because="only the database decides here").only("supplier_id", "public_id")
    people = Person.objects.values_list("email", flat=True)
    return JsonResponse(
        {"suppliers": sorted({row.supplier_id for row in rows}), "orders": len(rows), "people": list(people)}
    )


@policy(policy.SUPPLIER)
def boom(request: HttpRequest, how: str) -> HttpResponse:
    """Says something, then breaks."""
    order = PurchaseOrder.objects.visible_to(request.actor).only("supplier_id", "public_id").first()
    body = {"revision": 1, "header": "answered", "lines": []}
    submissions.submit(
        supplier_id=order.supplier_id,
        kind="confirmation",
        about=order.public_id,
        body=body,
        by=request.actor,
        key="k" * 12,
    )
    if how == "404":
        raise Http404
    raise RuntimeError("after the insert")


@policy(policy.PUBLIC)
def stream(_request: HttpRequest) -> HttpResponse:
    return StreamingHttpResponse(str(row.pk) for row in PurchaseOrder.objects.everywhere(because="too late").only("pk"))


urlpatterns = [
    path("stage/everything/", everything),
    path("stage/boom/<str:how>/", boom),
    path("stage/stream/", stream),
    path("", include("config.urls.portal")),
]

handler404 = "foundation.screens.handlers.missing"
handler500 = "foundation.screens.handlers.broken"
