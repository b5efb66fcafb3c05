"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Suppliers(AppConfig):
    name = "suppliers"

    def ready(self) -> None:
        from suppliers import panels, resolutions, subscribers  # noqa: F401  # the doors open here
        from suppliers.scorecards import contesting  # noqa: F401

        verbs.register(
            "suppliers",
            see_supplier="See suppliers",
            edit_supplier="Edit suppliers",
            block_supplier="Block and release suppliers",
            edit_contract="Edit contracts",
        )
