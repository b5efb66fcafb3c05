"""Opens the package's doors."""

from django.apps import AppConfig


class World(AppConfig):
    name = "world"
