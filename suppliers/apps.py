"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Suppliers(AppConfig):
    name = "suppliers"

    def ready(self) -> None:
        from suppliers import answers, panels, resolutions, subscribers  # noqa: F401  # the doors open here
        from suppliers.colleagues import answering as colleagues  # noqa: F401
        from suppliers.disputes import answering  # noqa: F401
        from suppliers.scorecards import contesting, deciding  # noqa: F401

        verbs.register(
            "suppliers",
            see_supplier="See suppliers",
            edit_supplier="Edit suppliers",
            block_supplier="Block and release suppliers",
            edit_contract="Edit contracts",
            see_bank="See whole bank accounts",
            propose_bank="Propose bank accounts and call suppliers back",
            approve_bank="Approve bank accounts",
            review_document="Review suppliers' documents",
        )
        verbs.want_proof("approve_bank")
