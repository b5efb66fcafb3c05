"""Both sites on one database that truly commits: the back office under its role, the portal behind its fence.

A story opens one after the other, as its people do::

    with company.back_office() as eyes:
        page = eyes("buyer", "/pool/")
    company.deliver()
    with company.portal() as eyes:
        page = eyes("orders@nordfast.example", "/orders/")
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import time_machine
from django.contrib.auth.hashers import make_password
from django.db import connection
from playwright.sync_api import Browser, Page

from foundation.journal.relay import drain
from organization.people.models import Credential
from tests import scene as scenes
from tests.browser import opening, serving, sign_in
from tests.copies import copy, drop
from tests.portal.roles import connected, portal_settings
from tests.scene import NOW, PASSWORD, Scene

Eyes = Callable[..., Page]


@dataclass
class Company:
    name: str
    scene: Scene
    chromium: Browser

    @contextmanager
    def back_office(self) -> Iterator[Eyes]:
        """``eyes("buyer", "/pool/")``: a person of the scene, signed in."""
        with connected("app", self.name), serving() as address, contextmanager(opening)(self.chromium, address) as eyes:
            yield lambda who, path, **more: eyes(self.scene.people[who], path, **more)

    @contextmanager
    def portal(self) -> Iterator[Eyes]:
        """``eyes("/orders/")``: the supplier's person, through the sign-in page."""
        site = portal_settings(), connected("portal", self.name), serving()
        with site[0], site[1], site[2] as address, contextmanager(opening)(self.chromium, address) as eyes:
            yield lambda path, **more: self._signed_in(eyes(None, "/sign-in/", **more), address + path)

    def _signed_in(self, page: Page, address: str) -> Page:
        sign_in(page, self.scene.supplier_person.email, PASSWORD)
        page.goto(address)
        return page

    def deliver(self) -> None:
        """What the relay and the workers do within a second."""
        with self.rows():
            drain()

    @contextmanager
    def rows(self) -> Iterator[None]:
        """To look into the database, as the application does."""
        with connected("app", self.name):
            yield


@contextmanager
def database() -> Iterator[str]:
    """A copy of the test database, which its roles may enter."""
    template = connection.settings_dict["NAME"]
    name = f"{template}_both"
    connection.close()
    copy(template, name)
    try:
        yield name
    finally:
        drop(name)


@contextmanager
def company(name: str, chromium: Browser) -> Iterator[Company]:
    with time_machine.travel(NOW):
        with connected("owner", name):
            scene = scenes.build()
            Credential.objects.create(person=scene.supplier_person, encoded=make_password(PASSWORD))
            drain()
        yield Company(name, scene, chromium)
