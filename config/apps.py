"""Puts the fence around every table, after every migration."""

from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class Config(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import fence  # models must be loaded first

        last = [package for package in apps.get_app_configs() if package.models_module][-1]
        # Signals go to apps that have models, in the order of INSTALLED_APPS: when this one hears, all is done.
        pre_migrate.connect(fence.lower_fence, sender=last)
        post_migrate.connect(fence.raise_fence, sender=last)
        connection_created.connect(fence.guard)
