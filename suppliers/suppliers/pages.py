"""What every page of one supplier shows: its head, its sections, what may be done there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.screens.finding import find
from foundation.screens.policy import holds
from suppliers.suppliers import queries
from suppliers.suppliers.lifecycle import ENTERING
from suppliers.suppliers.models import Supplier

SECTIONS = {
    "supplier": _("Overview"),
    "supplier-approval": _("Approval"),
    "supplier-documents": _("Documents"),
    "supplier-bank": _("Bank accounts"),
    "supplier-agreements": _("Agreements"),
    "supplier-risk": _("Risk"),
}
APPROVAL = "supplier-approval"


def found(request: HttpRequest, number: str) -> Supplier:
    return find(queries.supplier_rows(request.actor), number=number)  # type: ignore[attr-defined]


def shown(
    request: HttpRequest, template: str, supplier: Supplier, section: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """One section of a supplier's page."""
    enters = supplier.status in ENTERING
    tabs = [
        {"label": label, "url": reverse(f"suppliers:{name}", args=[supplier.number]), "is_current": name == section}
        for name, label in SECTIONS.items()
        if enters or name != APPROVAL
    ]
    may_edit = holds(request.actor, "edit_supplier")  # type: ignore[attr-defined]
    frame = {"supplier": supplier, "sections": tabs, "may_edit": may_edit, "enters": enters}
    return render(request, template, frame | context, status=status)
