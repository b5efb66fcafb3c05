"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Integration(AppConfig):
    name = "integration"

    def ready(self) -> None:
        from integration import panels, subscribers  # noqa: F401  # the doors open here
        from integration.imports import tasks  # noqa: F401  # and the jobs are known

        verbs.register(
            "integration",
            see_integration="See integrations",
            replay_delivery="Replay failed deliveries",
            import_data="Import files",
            see_message="See messages of suppliers",
            work_message="Settle messages that wait for a look",
            deliver_message="Deliver messages of suppliers",
            manage_partners="Agree with trading partners and give systems access",
        )
        verbs.keep_whole("see_integration", "replay_delivery", "manage_partners")
