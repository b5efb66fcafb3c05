"""The demo distributor as an application of its own."""

from django.apps import AppConfig


class WorldConfig(AppConfig):
    name = "world"
