"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Fulfillment(AppConfig):
    name = "fulfillment"

    def ready(self) -> None:
        from fulfillment import facts, panels, resolutions, subscribers  # noqa: F401  # the doors open here
        from fulfillment.shortages import kinds  # noqa: F401

        verbs.register(
            "fulfillment",
            see_demand="See customer orders",
            edit_demand="Enter customer orders",
            edit_customer="Edit customers",
            allocate="Allocate stock",
            ship="Ship goods",
        )
