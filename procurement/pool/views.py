"""What is to order: choose lines, see which orders they would make and why, draft them."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.lifecycles import Refused
from foundation.screens import lists
from foundation.screens.answers import answering, key_of
from foundation.screens.lists.bulk import Outcome, chosen
from foundation.screens.policy import holds, policy
from organization.sites.models import Site
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.orders.models import PurchaseOrder
from procurement.pool.forms import Grouping
from procurement.pool.queries import Group, groups
from procurement.requisitions import queries as requisitions
from procurement.requisitions.models import RequisitionLine, Urgency
from suppliers.suppliers.lifecycle import SupplierState
from suppliers.suppliers.models import Supplier

MOST = 500
"""Lines of one preview."""
SUPPLIERS = 300

POOL = lists.List(
    "to-order",
    title=gettext_lazy("To order"),
    columns=[
        lists.Column("what", gettext_lazy("Item"), value=lambda line: line.item.sku if line.item else line.description),
        lists.Column("description", gettext_lazy("Description"), sort="description"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", value="site.code", kind="code"),
        lists.Column("remaining", gettext_lazy("To order"), kind="quantity", unit="item.base_unit.code"),
        lists.Column("amount", gettext_lazy("Amount"), sort="amount", kind="money", currency="requisition.currency"),
        lists.Column("need_by", gettext_lazy("Need by"), sort="need_by", kind="date"),
        lists.Column("urgency", gettext_lazy("Urgency"), value="requisition.get_urgency_display"),
        lists.Column(
            "request",
            gettext_lazy("Request"),
            sort="requisition__number",
            kind="code",
            value="requisition.number",
            url=lambda line: reverse("procurement:request", args=[line.requisition.number]),
        ),
    ],
    filters=[
        lists.Search(["item__sku", "description", "supplier__party__name", "requisition__number"]),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda _actor: Site.objects.order_by("code")),
        lists.Choice("urgency", gettext_lazy("Urgency"), Urgency.choices, field="requisition__urgency"),
        lists.DateRange("need_by", gettext_lazy("Need by")),
        lists.Flag("homeless", gettext_lazy("Without supplier"), lambda rows, _actor: rows.filter(supplier=None)),
    ],
    default_sort="need_by",
    bulk=[
        lists.Bulk("group", gettext_lazy("Group into orders"), "procurement:pool-group", "draft_order", is_primary=True)
    ],
    url=lambda line: reverse("procurement:lineage", args=[line.lineage]),
    counted=ngettext_lazy("%(shown)s line", "%(shown)s lines", "count"),
    empty=gettext_lazy("Nothing waits to be ordered. Approved requests come here by themselves."),
)


@require_GET
@policy("draft_order")
def pool(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, POOL, requisitions.pool(request.actor), template="procurement/pool/list.html")


@require_POST
@policy("draft_order")
def group(request: HttpRequest) -> HttpResponse:
    """The chosen lines as the orders they would make. Nothing is written."""
    return _preview(request, [line for line, _seen in chosen(request, POOL, requisitions.pool(request.actor))])


@require_POST
@policy("draft_order")
def draft(request: HttpRequest) -> HttpResponse:
    """Group once more, or draft: one turn an order, and each one's fate is told."""
    lines = _lines(request)
    if request.POST.get("do") != "draft":
        return _preview(request, lines)
    key = key_of(request)
    form = _grouping(request)
    outcomes = [
        _draft(request, one, f"{key}:{one.first.pk}"[-70:]) for one in groups(lines, form.policy, _moves(request))
    ]
    context = {
        "title": _("Draft orders"),
        "refused": [outcome for outcome in outcomes if outcome.problem],
        "done": [outcome for outcome in outcomes if not outcome.problem],
        "back": reverse("procurement:pool"),
    }
    return render(request, "parts/bulk_result.html", context)


def _draft(request: HttpRequest, one: Group, key: str) -> Outcome:
    order: PurchaseOrder | None = None
    with answering(request) as answer:
        order = orders.draft(
            supplier=_supplier(request, one),
            site=_site(request, one),
            taken=[Taken(line.pk) for line in one.lines],
            by=request.actor,
            at=now(),
            key=key,
        )
        if request.POST.get("issue") and holds(request.actor, "issue_order"):
            said = {"seen": order.version, "key": f"{key}:issue"}
            order = orders.issue(order=order, by=request.actor, at=now(), **said)
    name = order or _("Order of %(what)s") % {"what": one.first.description}
    url = reverse("procurement:order", args=[order.number]) if order else ""
    return Outcome(name, url, answer.problem)


def _supplier(request: HttpRequest, one: Group) -> Supplier:
    if one.first.supplier:
        return one.first.supplier
    number = request.POST.get(f"supplier_{one.key}", "").strip()
    found = Supplier.objects.select_related("party").filter(number=number).first() if number else None
    if found is None:
        raise Refused(_("Pick a supplier for these lines."))
    return found


def _site(request: HttpRequest, one: Group) -> Site:
    wanted = request.POST.get(f"site_{one.key}")
    return next((site for site in one.sites if str(site.pk) == wanted), one.sites[0])


def _preview(request: HttpRequest, lines: list[RequisitionLine]) -> HttpResponse:
    form = _grouping(request)
    found = groups(lines, form.policy, _moves(request))
    lost = any(one.supplier_id is None for one in found)
    active = Supplier.objects.filter(status=SupplierState.ACTIVE).select_related("party").order_by("number")
    context = {
        "form": form,
        "groups": found,
        "suppliers": active[:SUPPLIERS] if lost else [],
        "supplier_count": len({one.supplier_id for one in found}),
        "line_count": sum(len(one.lines) for one in found),
        "may_issue": holds(request.actor, "issue_order"),
    }
    return render(request, "procurement/pool/preview.html", context)


def _grouping(request: HttpRequest) -> Grouping:
    form = Grouping(request.POST)
    if not form.is_valid():
        raise BadRequest(_("The days apart are a number from 0 to 365, or empty."))
    return form


def _lines(request: HttpRequest) -> list[RequisitionLine]:
    """The lines of a preview that still wait and may be ordered by this person; the others are gone from it.

    To be drafted they need fewer names than to be shown.
    """
    asked = request.POST.getlist("line")
    if (
        not asked
        or len(asked) > MOST
        or not all(text.isascii() and text.isdigit() and len(text) < 19 for text in asked)
    ):
        raise BadRequest(_("Choose between 1 and %(n)d lines.") % {"n": MOST})
    rows = requisitions.pool(request.actor).filter(pk__in=[int(text) for text in asked]).order_by("need_by", "pk")
    if request.POST.get("do") == "draft":
        rows = rows.select_related(None).select_related("requisition", "site", "supplier__party")
    return list(rows)


def _moves(request: HttpRequest) -> dict[int, str]:
    """Where the person sent each line: ``move_17=2``. Another policy makes other orders, so it forgets them."""
    if request.POST.get("do") == "policy":
        return {}
    found: dict[int, str] = {}
    for name, value in request.POST.items():
        key = name.removeprefix("move_")
        if key != name and key.isascii() and key.isdigit():
            found[int(key)] = value
    return found
