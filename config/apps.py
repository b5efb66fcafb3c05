"""Puts the fence around every table, after every migration."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from config import fence


class Config(AppConfig):
    name = "config"

    def ready(self) -> None:
        pre_migrate.connect(fence.lower_fence, sender=self)
        post_migrate.connect(fence.raise_fence, sender=self)
        connection_created.connect(fence.guard)
