"""The whole portal, walked by every kind of visitor: what is not his is refused, and what is another's never was.

What each role may open is said here once more, by hand: a route that names the wrong role is found like a route that
names none. A new route without a line is everybody's, so it is found by whoever should not open it.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from html import unescape
from urllib.parse import urljoin

import pytest
from django.urls import Resolver404, resolve

from foundation.scopes import querysets
from foundation.screens import policies
from foundation.screens import policy as guard
from foundation.values.portal_roles import PortalRole
from organization.people.models import Person
from tests.gates import addresses
from tests.gates.addresses import PORTAL, SHARED
from tests.gates.asking import Answer, Visitor, is_fine, is_public, portal_visitor, stays
from tests.gates.conftest import Place
from tests.gates.routes import CONVERTER, NOBODYS, Route, every_route
from tests.gates.world import Side, World
from tests.portal.roles import Database
from tests.portal.twins import open_table

ORDERS, SHIPPING, BILLING, COMPANY = PortalRole
WHOSE: dict[str, set[PortalRole]] = {
    "orders/confirm/": {ORDERS},
    "orders/upload/": {ORDERS},
    "orders/lines.": {ORDERS},
    "orders/to-put-right.": {ORDERS},
    "orders/to-bill/": {BILLING},
    "orders/<uuid:public_id>/answer/": {ORDERS},
    "orders/<uuid:public_id>/check/": {ORDERS},
    "orders/<uuid:public_id>/confirm/": {ORDERS},
    "orders/<uuid:public_id>/lines.": {ORDERS},
    "orders/<uuid:public_id>/invoice/": {BILLING},
    "orders/<uuid:public_id>/ship/": {SHIPPING},
    "scorecard/cases/": {ORDERS},
    "shipments/": {SHIPPING},
    "invoices/": {BILLING},
    "company/": {COMPANY},
    "colleagues/": {COMPANY},
    "disputes/": {ORDERS, SHIPPING, BILLING},
}
"""Beginnings of routes; whatever is not here is of all who are signed in."""
SENT = ("company/bank/", "colleagues/let-in/", "invoices/<uuid:public_id>/ask/", "orders/<uuid:public_id>/answer/")
"""Where something is only sent: enough for a twin."""
OUT = (302, 401, 405)
NAMED = re.compile(r'(?:href|hx-get|action|formaction)="([^"#]+)')
IS_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def whose(route: Route) -> set[PortalRole]:
    found = [roles for start, roles in WHOSE.items() if route.pattern.startswith(start)]
    return found[0] if found else set(PortalRole)


def knows(route: Route) -> bool:
    """Whether its address names a document of somebody."""
    return any(one.whose != SHARED for one in addresses.found(route, PORTAL))


def named(route: Route, side: Side | None) -> str:
    """The route's address with the documents of a side, or such as nobody has."""
    values = iter(addresses.found(route, PORTAL))

    def value(place: re.Match[str]) -> str:
        known = next(values)
        is_missing = side is None and known.whose != SHARED
        return NOBODYS[place["kind"] or "str"] if is_missing else str(known.value(side))  # what is shared needs no side

    return "/" + CONVERTER.sub(value, route.pattern)


@pytest.fixture
def owner(place: Place) -> Database:
    return Database(place.name)


@contextmanager
def held(owner: Database, side: Side, *roles: str) -> Iterator[None]:
    """From the next request on the side's person holds these roles."""
    give = "UPDATE organization_person SET portal_roles = %s WHERE id = %s"
    who = side.scene.supplier_person.pk
    owner.sql(give, list(roles), who)
    try:
        yield
    finally:
        owner.sql(give, list(PortalRole.values), who)


@contextmanager
def altered(owner: Database, how: str, back: str) -> Iterator[None]:
    owner.sql(how)
    try:
        yield
    finally:
        owner.sql(back)


def shut_out(owner: Database, who: Person) -> AbstractContextManager[None]:
    said = f"UPDATE organization_person SET is_active = {{}} WHERE id = {who.pk}"
    return altered(owner, said.format("false"), said.format("true"))


def retired(owner: Database, side: Side) -> AbstractContextManager[None]:
    """There is no way back by the rules, so they are silent meanwhile."""
    said = "ALTER TABLE suppliers_supplier DISABLE TRIGGER USER; UPDATE suppliers_supplier SET status = '{}' "
    said += f"WHERE party_id = {side.supplier.pk}; ALTER TABLE suppliers_supplier ENABLE TRIGGER USER"
    return altered(owner, said.format("inactive"), said.format(side.supplier.status))


def asked_both_ways(
    visitor: Visitor, only: Callable[[Route], bool] = stays, roles: Collection[PortalRole] = tuple(PortalRole)
) -> Iterator[Answer]:
    """Every page that is his whole; what is refused or sent is answered without the page around it."""
    brief = replace(visitor, is_brief=True)
    yield from visitor.knock("get", only=lambda route: only(route) and not whose(route).isdisjoint(roles))
    yield from brief.knock("get", only=lambda route: only(route) and whose(route).isdisjoint(roles))
    yield from brief.knock("post", only=only)


def misled(visitor: Visitor, roles: set[PortalRole], foreign: Side, only: Callable[[Route], bool] = stays) -> list[str]:
    """Where whoever holds these roles is let in though he may not, or turned away though he may; and what the pages
    that he reads name though he may not open it, or though it is not there, or is a word of another supplier."""
    wrong, asked, waiting, is_all = [], set(), [], roles == set(PortalRole)
    for one in asked_both_ways(visitor, only, roles):
        asked.add(one.address)
        may = is_public(one) or bool(whose(one.route) & roles)
        is_told_apart = one.status == 405 or (one.status == 403) != may
        if one.status >= 500 or not is_told_apart or (is_all and not is_fine(one)):
            wrong.append(f"{one} for {sorted(roles)}")
        wrong += [f"{one} says {word}" for word in foreign.words_in(one.text)]
        waiting += [(one.address, place) for place in places(one)]
    followed: set[str] = set()
    while waiting:
        here, there = waiting.pop(0)
        if there in asked or (route := route_of(there)).pattern in followed:
            continue
        followed.add(route.pattern)
        answer = visitor.ask(route, "get", there)
        may = is_public(answer) or bool(whose(route) & roles)
        if not may or answer.status not in (200, 302, 405):
            wrong.append(f"{here} names {answer} to {sorted(roles)}")
        waiting += [(there, place) for place in places(answer)]
    return wrong


def places(answer: Answer) -> list[str]:
    """Where the links and the buttons of a page lead."""
    if not answer.is_html or answer.status != 200:
        return []
    found = {urljoin(answer.address, unescape(one)).partition("?")[0] for one in NAMED.findall(answer.body.decode())}
    return sorted(one for one in found if one.startswith("/") and "/static/" not in one and one != "/sign-out/")


def told_apart(visitor: Visitor, foreign: Side, only: Callable[[Route], bool] = stays) -> list[str]:
    """Where a document of another supplier is answered otherwise than one that never was."""
    wrong, brief = [], replace(visitor, is_brief=True)
    for route in filter(only, every_route(visitor.urlconf)):
        if not knows(route):
            continue
        for method, who in (("get", visitor), ("post", brief)):
            theirs, nobodys = (who.ask(route, method, named(route, side)) for side in (foreign, None))
            if (theirs.status, nameless(theirs)) != (nobodys.status, nameless(nobodys)):
                wrong.append(f"{theirs}, but {nobodys}")
            elif (theirs.status in (200, 302) and not is_public(theirs)) or foreign.words_in(theirs.text):
                wrong.append(f"{theirs} tells of {foreign.mark}")
    return wrong


def nameless(answer: Answer) -> str:
    """What was answered but for the very ids that were asked for, which also stand in where it leads."""
    said = answer.text + answer.headers.get("Location", "")
    for part in filter(IS_ID.fullmatch, answer.address.split("/")):
        said = said.replace(f"/{part}/", "/")
    return said


def route_of(address: str) -> Route:
    """The route that an address is of; an address that is none is its own, and answered with 404."""
    try:
        match = resolve(address, "config.urls.portal")
    except Resolver404:
        return Route(address, (), "")
    return Route(match.route, policies.policy_of(match.func) or (), "")


class TestRoles:
    @pytest.mark.parametrize("role", PortalRole)
    def test_each_opens_its_own_and_is_told_who_opens_the_rest(
        self, portal: World, owner: Database, role: PortalRole
    ) -> None:
        visitor = portal_visitor(portal.home.scene.supplier_person, portal.home)
        with held(owner, portal.home, role):
            assert misled(visitor, {role}, portal.away) == []

    def test_all_of_them_open_everything(self, portal: World) -> None:
        visitor = portal_visitor(portal.home.scene.supplier_person, portal.home)
        assert misled(visitor, set(PortalRole), portal.away) == []

    def test_twin_without_the_policy_a_role_opens_what_is_not_its(
        self, portal: World, owner: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(guard, "refuse", lambda request, allowed: None)
        visitor = portal_visitor(portal.home.scene.supplier_person, portal.home)
        with held(owner, portal.home, SHIPPING):
            wrong = misled(visitor, {SHIPPING}, portal.away, only=lambda route: route.pattern in SENT)
        assert len(wrong) > 3

    def test_twin_a_menu_that_names_everything_is_found(
        self, portal: World, owner: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(policies, "opens", lambda actor, address: True)
        visitor = portal_visitor(portal.home.scene.supplier_person, portal.home)
        with held(owner, portal.home, SHIPPING):
            wrong = misled(visitor, {SHIPPING}, portal.away, only=lambda route: not route.pattern)
        assert len(wrong) > 3


class TestOthers:
    def test_of_another_supplier_is_as_if_it_never_was(self, portal: World) -> None:
        visitor = portal_visitor(portal.away.scene.supplier_person, portal.away)
        assert told_apart(visitor, portal.home) == []

    def test_twin_without_fence_and_scopes_it_is_told_apart(
        self, portal: World, owner: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        everywhere = lambda self, actor, verb=None: self.everywhere(because="the twin")  # noqa: E731
        monkeypatch.setattr(querysets.ScopedQuerySet, "visible_to", everywhere)
        visitor = portal_visitor(portal.away.scene.supplier_person, portal.away)
        table = "procurement_purchaseorder"
        with altered(owner, open_table(table), f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"):
            wrong = told_apart(visitor, portal.home, only=lambda route: route.pattern == "orders/<uuid:public_id>/")
        assert len(wrong) == 1

    def test_twin_a_missing_page_that_knows_more_is_found(
        self, portal: World, owner: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Same status, one word more: as a view would answer that looked before it asked whose it is."""
        theirs = str(portal.home.order.public_id)
        usual = Visitor.ask

        def ask(self: Visitor, route: Route, method: str, place: str) -> Answer:
            answer = usual(self, route, method, place)
            body = answer.body + (b"not yours" if theirs in place else b"")
            return Answer(route, method, place, answer.status, answer.headers, body)

        monkeypatch.setattr(Visitor, "ask", ask)
        visitor = portal_visitor(portal.away.scene.supplier_person, portal.away)
        wrong = told_apart(visitor, portal.home, only=lambda route: route.pattern == "orders/<uuid:public_id>/")
        assert len(wrong) == 2


class TestWhoeverIsOut:
    """Nobody, somebody who was shut out, of a firm that was retired, with a link that is too old: all alike."""

    def test_nobody(self, portal: World) -> None:
        assert let_in(portal_visitor(None, portal.home), portal.home) == []

    def test_shut_out_with_a_session_that_was_open(self, portal: World, owner: Database) -> None:
        who = portal.home.scene.supplier_person
        visitor = portal_visitor(who, portal.home)
        with shut_out(owner, who):
            assert let_in(visitor, portal.home) == []

    def test_of_a_firm_that_was_retired(self, portal: World, owner: Database) -> None:
        visitor = portal_visitor(portal.home.scene.supplier_person, portal.home)
        with retired(owner, portal.home):
            assert let_in(visitor, portal.home) == []

    def test_with_a_link_that_is_too_old(self, portal: World, owner: Database) -> None:
        visitor = portal_visitor(None, portal.home)
        until = "UPDATE organization_portallink SET expires_at = now() {} interval '30 days'"
        with altered(owner, until.format("-"), until.format("+")):
            answers = list(visitor.knock("get", "post", only=lambda route: route.pattern.startswith("l/")))
            assert {one.status for one in answers} <= {200, 302, 405, 410}
            assert [str(one) for one in answers if portal.home.words_in(one.text)] == []
            only = lambda route: route.pattern in ("", "orders/", "orders/<uuid:public_id>/")  # noqa: E731
            assert let_in(visitor, portal.home, only=only) == []

    def test_twin_without_the_policy_they_come_in(self, portal: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guard, "refuse", lambda request, allowed: None)
        only = lambda route: route.pattern.startswith(("orders/", "invoices/"))  # noqa: E731
        assert len(let_in(portal_visitor(None, portal.home), portal.home, only=only)) > 3


def let_in(visitor: Visitor, side: Side, only: Callable[[Route], bool] = stays) -> list[str]:
    """Where somebody who is out reads or sends something."""
    wrong = []
    for one in asked_both_ways(visitor, only):
        if (not is_public(one) and one.status not in OUT) or one.status >= 500:
            wrong.append(str(one))
        elif side.words_in(one.text.replace(side.token, "")):
            wrong.append(f"{one} names {side.mark}")
    return wrong
