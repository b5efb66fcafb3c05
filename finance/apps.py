"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Finance(AppConfig):
    name = "finance"

    def ready(self) -> None:
        from finance import submissions, subscribers  # noqa: F401  # the doors open here

        verbs.register(
            "finance",
            see_budget="See budgets",
            edit_budget="Edit budgets",
            see_invoice="See invoices",
            capture_invoice="Capture invoices",
            accept_variance="Accept invoice differences",
            release_invoice="Release invoices for payment",
        )
