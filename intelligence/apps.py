"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Intelligence(AppConfig):
    name = "intelligence"

    def ready(self) -> None:
        from intelligence import subscribers  # noqa: F401  # the doors open here

        verbs.register(
            "intelligence",
            see_insight="See figures",
        )
