"""An application of the processes that tests start: opens the ear in ``told``."""

from importlib import import_module

from django.apps import AppConfig


class Listening(AppConfig):
    name = "tests.foundation.journal"
    label = "listening"

    def ready(self) -> None:
        import_module("tests.foundation.journal.told")
