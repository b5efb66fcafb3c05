"""Agreements with a supplier: what counts at each of our companies now, and what was agreed from when."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.exact import typed
from organization.entities.queries import entities_of
from suppliers.suppliers import pages
from suppliers.suppliers.models import Supplier
from suppliers.terms import actions as terms
from suppliers.terms import queries
from suppliers.terms.forms import Agree
from suppliers.terms.rules import USUAL, Terms

LABELS = {
    "payment_terms": gettext_lazy("Payment terms"),
    "incoterm": gettext_lazy("Incoterm"),
    "currency": gettext_lazy("Currency"),
    "account_number": gettext_lazy("Our number with them"),
    "language": gettext_lazy("Language"),
    "confirms_within_hours": gettext_lazy("Confirms within, hours"),
    "deemed_accepted_after_days": gettext_lazy("Silence is a yes after, days"),
    "lead_time_days": gettext_lazy("Lead time, days"),
    "quantity_percent": gettext_lazy("Quantity may differ, %"),
    "price_percent": gettext_lazy("Price may differ, %"),
    "days_early": gettext_lazy("Days early"),
    "days_late": gettext_lazy("Days late"),
}


@require_GET
@policy("see_supplier")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """What counts now, for each of the reader's companies, and which agreement says it."""
    found = pages.found(request, number)
    book = queries.Book([found.pk], localdate())
    entities = list(entities_of(request.actor, "see_supplier"))
    counts = [book.terms(found, entity_id=entity.pk, site_id=None, paths=()) for entity in entities]
    agreements = list(queries.agreements_of(found, request.actor))
    return pages.shown(
        request,
        "suppliers/terms/page.html",
        found,
        "supplier-agreements",
        entities=entities,
        rows=[(label, [_cell(one, name) for one in counts]) for name, label in LABELS.items()],
        agreements=agreements,
        today=localdate(),
        entries=timeline([one.subject for one in agreements[:50]], limit=50),
    )


def _cell(one: Terms, name: str) -> tuple[object, bool]:
    """A value, and whether it differs from the usual."""
    value = getattr(one, name)
    return typed(value) if isinstance(value, Decimal) else value, one.sources[name] != USUAL


def _back(found: Supplier) -> str:
    return reverse("suppliers:supplier-agreements", args=[found.number])


@require_http_methods(["GET", "POST"])
@policy("edit_supplier")
def agree(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    form = Agree(request.POST or None, initial={"starts_on": localdate()})
    with answering(request) as answer:
        if form.is_valid():
            terms.agree(supplier=found, **form.agreed(), by=request.actor, at=now(), key=answer.key)
            return answer.redirect(_back(found), said=_("It counts for orders drafted from that day on."))
    return answer.form(form, "suppliers/terms/agree.html", {"supplier": found})


@require_POST
@policy("edit_supplier")
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Today is its last day."""
    found = pages.found(request, number)
    agreement = find(queries.agreements_of(found, request.actor), pk=pk)
    with answering(request) as answer:
        terms.end(agreement=agreement, on=localdate(), by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(found), said=_("Today is its last day."))
