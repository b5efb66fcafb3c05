"""Triggers, sequences and edges are made true after every migration; every package's shell is put together."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from foundation import failpoints
from foundation.lifecycles import edges
from foundation.numbering import actions as numbering
from foundation.scopes import verbs
from foundation.screens import policies


class Foundation(AppConfig):
    name = "foundation"

    def ready(self) -> None:
        verbs.register("foundation", replay_delivery="Send messages again or skip them")
        post_migrate.connect(edges.install, sender=self)
        post_migrate.connect(numbering.install, sender=self)
        checks.register(policies.check)
        autodiscover_modules("tones", "shell")  # what each package says of its states, areas, tabs and finders
        failpoints.arm_from_environment()
