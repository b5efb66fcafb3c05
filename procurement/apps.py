"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Procurement(AppConfig):
    name = "procurement"

    def ready(self) -> None:
        from procurement import (  # noqa: F401  # the doors open here
            disputes,
            effects,
            facts,
            panels,
            resolutions,
            subjects,
            submissions,
            subscribers,
        )

        verbs.register(
            "procurement",
            see_requisition="See requests",
            raise_requisition="Raise requests",
            see_order="See orders",
            draft_order="Draft orders",
            issue_order="Issue orders",
            change_order="Change orders",
            cancel_order="Cancel orders",
        )
