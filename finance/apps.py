"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundation.scopes import verbs

PAYABLE = "Accounts payable"


class Finance(AppConfig):
    name = "finance"

    def ready(self) -> None:
        from finance import disputes, effects, panels, resolutions, submissions, subscribers  # noqa: F401  # the doors open here
        from governance.cases import kinds  # models must be loaded first
        from governance.cases.kinds import Kind
        from governance.cases.models import Severity

        verbs.register(
            "finance",
            see_budget="See budgets",
            edit_budget="Edit budgets",
            see_invoice="See invoices",
            capture_invoice="Capture invoices",
            accept_variance="Accept invoice differences",
            release_invoice="Release invoices for payment",
            edit_match_tolerance="Edit match tolerances",
        )
        kinds.register(
            invoice_currency=Kind(_("Invoiced in another currency"), PAYABLE, 16),
            invoice_totals=Kind(_("Invoice does not add up"), PAYABLE, 8),
            invoice_not_ordered=Kind(_("Invoiced, not ordered"), PAYABLE, 16),
            invoice_credit=Kind(_("Credit note expected"), PAYABLE, 80, Severity.LOW, "wait"),
        )
