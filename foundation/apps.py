"""Triggers, sequences and edges are made true after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from foundation import failpoints
from foundation.lifecycles import edges
from foundation.numbering import actions as numbering
from foundation.scopes import verbs


class Foundation(AppConfig):
    name = "foundation"

    def ready(self) -> None:
        verbs.register("foundation", replay_delivery="Send messages again or skip them")
        post_migrate.connect(edges.install, sender=self)
        post_migrate.connect(numbering.install, sender=self)
        failpoints.arm_from_environment()
