"""Knock on routes as somebody, one after the other, and leave nothing behind."""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass

from django.test import Client

from foundation.scopes.verbs import of_the_house
from foundation.screens.policy import policy
from organization.people.models import Person
from tests.gates import addresses
from tests.gates.addresses import OFFICE, PORTAL
from tests.gates.routes import Route, every_route
from tests.gates.undoing import undone
from tests.gates.world import PASSWORD, Side
from tests.portal.roles import Browser

BACKEND = "organization.people.backends.CredentialBackend"
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
READS = ("get", "head", "options")
only_sent: set[tuple[str, str]] = set()
"""Routes and methods that were answered with 405. The page that says so is the same everywhere: it is read whole once
for each of them, and from then on only its sentence is asked for."""


@dataclass(frozen=True)
class Answer:
    route: Route
    method: str
    address: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """What was answered, without what was asked for: an address that is repeated tells nobody anything."""
        return TOKENS.sub("", self.body.decode(errors="replace")).replace(self.address, "")

    @property
    def is_html(self) -> bool:
        return "html" in self.headers.get("Content-Type", "")

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.address} → {self.status}"


@dataclass
class Visitor:
    """Somebody at the door of one side's documents."""

    client: Client
    side: Side
    urlconf: str = "config.urls.internal"
    is_system: bool = False
    """Comes with a token, to the addresses that only tokens open."""
    is_brief: bool = False
    """Asks as a page's part does: whoever is turned away hears the sentence without the whole page around it."""

    @property
    def is_fenced(self) -> bool:
        return self.urlconf.endswith("portal")

    @property
    def table(self) -> dict[str, addresses.Known]:
        return PORTAL if self.is_fenced else OFFICE

    def knock(self, *methods: str, only: Callable[[Route], bool] | None = None) -> Iterator[Answer]:
        """Every route with a real document by each method, whatever was done undone."""
        for route in filter(only, every_route(self.urlconf)):
            if is_for_systems(route) != self.is_system:
                continue
            place = addresses.address(route, self.side, self.table)
            for method in methods:
                yield self.ask(route, method, place)

    def ask(self, route: Route, method: str, place: str) -> Answer:
        cookies = copy(self.client.cookies)
        is_brief = self.is_brief or (route.pattern, method) in only_sent
        with nullcontext() if self.is_fenced or method in READS else undone():  # the fence ends its own transaction
            response = getattr(self.client, method)(place, headers={"HX-Request": "true"} if is_brief else {})
            body = b"".join(response.streaming_content) if response.streaming else response.content
        self.client.cookies = cookies  # whoever signed out is still there
        if response.status_code == 405:
            only_sent.add((route.pattern, method))
        return Answer(route, method, place, response.status_code, dict(response.headers), body)

    def is_like_a_missing_one(self, answer: Answer) -> bool:
        """Whether the answer would be the same for a document that never was."""
        number = str(addresses.found(answer.route, self.table)[-1].value(self.side))
        other = self.ask(answer.route, answer.method, answer.address.replace(number, "NOTHING-1"))
        return other.status == answer.status and other.text.replace("NOTHING-1", "") == answer.text.replace(number, "")

    def whose(self, answer: Answer) -> str:
        return addresses.whose(answer.route, self.table)


def office_visitor(person: Person | None, side: Side, *, is_brief: bool = False) -> Visitor:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend=BACKEND)
    return Visitor(client, side, is_brief=is_brief)


def system_visitor(token: str, side: Side) -> Visitor:
    """A supplier's system; without a token, whoever finds the addresses that are for systems only."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Visitor(Client(raise_request_exception=False, headers=headers), side, is_system=True)


def portal_visitor(person: Person | None, side: Side) -> Visitor:
    """Signed in through the form, as everybody there; what he does lasts."""
    client = Browser()
    if person is not None:
        answer = client.post("/sign-in/", {"email": person.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
    return Visitor(client, side, "config.urls.portal")


def is_for_systems(route: Route) -> bool:
    return set(route.policy) == {policy.CLIENT}


def is_public(answer: Answer) -> bool:
    return policy.PUBLIC in answer.route.policy


def is_for_everybody_inside(answer: Answer) -> bool:
    return is_public(answer) or policy.SIGNED_IN in answer.route.policy


def is_of_the_house(route: Route) -> bool:
    return bool(of_the_house.intersection(route.policy))


def is_open_to_lookers(answer: Answer) -> bool:
    return is_for_everybody_inside(answer) or any(verb.startswith("see_") for verb in answer.route.policy)


def is_fine(answer: Answer) -> bool:
    """Reading shows the page; what is sent with nothing typed is refused or done, and never an accident."""
    if answer.method == "post":
        return answer.status < 500
    return answer.status in (200, 405) or (answer.status == 302 and is_public(answer))


def stays(route: Route) -> bool:
    """Nothing is undone in the portal, so nobody signs out in the middle of a walk."""
    return route.pattern not in ("sign-out/", "sign-in/")
