"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Receiving(AppConfig):
    name = "receiving"

    def ready(self) -> None:
        from receiving import (  # noqa: F401  # the doors open here
            carried,
            disputes,
            facts,
            panels,
            resolutions,
            submissions,
            subscribers,
        )

        verbs.register(
            "receiving",
            see_receipt="See arrivals and receipts",
            receive_goods="Receive goods",
            reverse_receipt="Reverse receipts",
            see_stock="See stock",
            adjust_stock="Adjust stock",
        )
