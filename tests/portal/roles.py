"""The three roles of the database over real connections, and the portal's site within the test's own process."""

import importlib
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from template_partials.apps import wrap_loaders

from config.settings.database import login

SETTINGS = str(settings.ROOT / "config" / "settings" / "{}.py")
SITE = (
    "ROOT_URLCONF",
    "MIDDLEWARE",
    "TEMPLATES",
    "AUTHENTICATION_BACKENDS",
    "SESSION_ENGINE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
)
"""Settings that differ between the back office and the portal, besides the database's role."""


def address(role: str, name: str) -> dict[str, Any]:
    """How psycopg reaches one database as one role."""
    said = login(role)
    return {
        "host": said["HOST"],
        "port": said["PORT"],
        "user": said["USER"],
        "password": said["PASSWORD"],
        "dbname": name,
    }


@contextmanager
def connected(role: str, name: str) -> Iterator[Any]:
    """Whatever asks ``default`` in here asks this database, as this role, over a connection of its own."""
    template = connections["default"]
    asked = {**template.settings_dict, **login(role), "NAME": name, "ATOMIC_REQUESTS": role == "portal"}
    mine = type(template)(asked, "default")
    was_atomic = connections.settings["default"]["ATOMIC_REQUESTS"]
    connections["default"] = mine
    connections.settings["default"]["ATOMIC_REQUESTS"] = role == "portal"
    try:
        yield mine
    finally:
        mine.close()
        connections["default"] = template
        connections.settings["default"]["ATOMIC_REQUESTS"] = was_atomic


@contextmanager
def portal_settings() -> Iterator[None]:
    """The settings that the portal's process has, read from the same files."""
    env = importlib.import_module("config.settings.env")
    with mock.patch.object(env, "PROCESS", "portal"):
        said = {
            name: value for topic in ("apps", "auth") for name, value in runpy.run_path(SETTINGS.format(topic)).items()
        }
    with override_settings(**{name: said[name] for name in SITE}):
        wrap_loaders("django")  # as its app does when the process starts
        yield


class Database:
    """One database of one test. ``sql`` runs as the owner, ``raw`` as somebody who owns the portal's connection."""

    def __init__(self, name: str) -> None:
        self.name = name

    def sql(self, statement: str, *params: Any, role: str = "owner") -> Any:
        with psycopg.connect(**address(role, self.name), autocommit=True) as link:
            cursor = link.execute(statement, params or None)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    def raw(self, statement: str, *params: Any, shown: str = "", forged: str = "") -> Any:
        """One transaction under the portal's role that presents ``shown``, or makes up settings of its own."""
        with psycopg.connect(**address("portal", self.name)) as link:
            link.execute("SELECT set_config('app.session', %s, true)", [shown])
            link.execute("SELECT set_config('app.supplier_id', %s, true)", [forged])
            cursor = link.execute(statement, params or None)
            return cursor.fetchall() if cursor.description else cursor.rowcount


class Browser(Client):
    """A visitor of the portal."""

    def __init__(self, **more: Any) -> None:
        super().__init__(raise_request_exception=False, **more)

    @property
    def session_key(self) -> str:
        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        return cookie.value if cookie else ""
