"""No door without a guard: every route x method x whoever has business there and whoever has none, on real documents."""

from itertools import chain
from typing import Any

import pytest

from foundation.scopes import querysets
from foundation.screens import policy as guard
from tests.gates import addresses
from tests.gates.addresses import OFFICE, OWN, PANEL, PORTAL, SCOPED
from tests.gates.asking import (
    is_fine,
    is_for_everybody_inside,
    is_of_the_house,
    is_open_to_lookers,
    is_public,
    office_visitor,
    portal_visitor,
    system_visitor,
)
from tests.gates.readings import Readings
from tests.gates.routes import CONVERTER, Route, every_route
from tests.gates.world import World
from tests.integration.clients.systems import asked

METHODS = ["get", "post", "head", "put", "patch", "delete", "options"]
OUT = (302, 401, 403, 404, 405)


def test_every_route_says_who_may_come_in() -> None:
    assert [str(route) for route in every_route() if not route.policy] == []


def test_no_address_is_taken_twice() -> None:
    """Two packages with the same address: the second would never be reached, or be guarded by the first."""
    seen: dict[str, str] = {}
    for route in every_route():
        shape = CONVERTER.sub("<>", route.pattern)
        assert route.pattern.startswith("api/") or seen.setdefault(shape, route.view) == route.view, route


@pytest.mark.parametrize(("urlconf", "table"), [("config.urls.internal", OFFICE), ("config.urls.portal", PORTAL)])
def test_every_parameter_is_filled_by_a_real_document(urlconf: str, table: dict) -> None:
    missing = []
    for route in every_route(urlconf):
        try:
            addresses.found(route, table)
        except addresses.Unknown as unknown:
            missing.append(str(unknown))
    assert missing == []


class TestTheOffice:
    def test_a_stranger_from_the_street_gets_nothing(self, office: World) -> None:
        answers = [*office_visitor(None, office.home).knock("get")]
        answers += office_visitor(None, office.home, is_brief=True).knock(*METHODS[1:])
        assert [str(one) for one in answers if one.status >= 500 or not (is_public(one) or one.status in OUT)] == []

    def test_somebody_without_the_verb_is_told_so(self, office: World) -> None:
        assert self.admitted(office, "get", "post") == []

    def test_twin_without_the_policy_lets_them_in(self, office: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guard, "refuse", lambda request, allowed: None)
        assert len(self.admitted(office, "get", only=of_buying)) > 10

    def admitted(self, office: World, *methods: str, only: Any = None) -> list[str]:
        answers = office_visitor(office.stranger, office.home, is_brief=True).knock(*methods, only=only)
        return [str(one) for one in answers if not is_for_everybody_inside(one) and one.status not in (403, 405)]

    def test_whoever_may_only_look_changes_nothing(self, office: World) -> None:
        answers = office_visitor(office.home.reader, office.home, is_brief=True).knock("post")
        assert [str(one) for one in answers if not is_open_to_lookers(one) and one.status not in (403, 405)] == []

    def test_a_suppliers_person_gets_nothing_here(self, office: World) -> None:
        answers = office_visitor(office.home.scene.supplier_person, office.home, is_brief=True).knock("get", "post")
        assert [str(one) for one in answers if one.status >= 500 or not (is_public(one) or one.status in OUT)] == []

    def test_out_of_scope_there_is_nothing_and_nothing_is_told(self, office: World) -> None:
        assert self.told_outside(office) == []

    def test_twin_without_scopes_shows_everything(self, office: World, monkeypatch: pytest.MonkeyPatch) -> None:
        everywhere = lambda self, actor, verb=None: self.everywhere(because="the twin")  # noqa: E731
        monkeypatch.setattr(querysets.ScopedQuerySet, "visible_to", everywhere)
        assert len(self.told_outside(office, only=of_buying)) > 10

    def told_outside(self, office: World, only: Any = None) -> list[str]:
        visitor, wrong = office_visitor(office.away.insider, office.home), []
        brief = office_visitor(office.away.insider, office.home, is_brief=True)
        for one in chain(visitor.knock("get", only=only), brief.knock("post", only=only)):
            whose = visitor.whose(one)
            if is_of_the_house(one.route):
                wrong += [str(one)] * (one.status not in (403, 405))
            elif (whose in (SCOPED, OWN) and one.status not in (404, 405)) or (
                whose == PANEL and one.status != 405 and not visitor.is_like_a_missing_one(one)
            ):
                wrong.append(str(one))
            elif one.status in (403, 404) and office.home.mark in one.text:
                wrong.append(f"{one} names {office.home.mark}")
        return wrong

    def test_in_scope_everything_answers(self, office: World, read_by: Readings) -> None:
        sent = office_visitor(office.home.insider, office.home, is_brief=True).knock("post")
        answers = [*read_by("insider").answers, *sent]
        assert [str(one) for one in answers if not is_of_the_house(one.route) and not is_fine(one)] == []
        assert [str(one) for one in answers if is_of_the_house(one.route) and one.status not in (403, 405)] == []
        assert sum(one.method == "get" and one.status == 200 for one in answers) > 90

    def test_to_whoever_holds_every_verb_the_whole_house_answers(self, read_by: Readings) -> None:
        answers = [one for one in read_by("head").answers if is_of_the_house(one.route)]
        assert len(answers) > 10
        assert [str(one) for one in answers if not is_fine(one)] == []


def of_buying(route: Route) -> bool:
    """Routes enough for a twin: damage shows on any."""
    return route.pattern.startswith(("requests/", "orders/", "api/v1/orders/"))


class TestThePortal:
    """Whoever is in is asked in test_portal_roles.py."""

    def test_a_stranger_from_the_street_gets_nothing(self, portal: World) -> None:
        answers = portal_visitor(None, portal.home).knock(*METHODS)
        assert [str(one) for one in answers if one.status >= 500 or not (is_public(one) or one.status in OUT)] == []


class TestSystems:
    """What suppliers' systems call, with a token of their own, of another supplier, and with none."""

    def token(self, side: Any) -> str:
        return str(asked(side.system.client_id, side.system_secret).json()["access_token"])

    def test_without_a_token_there_is_nothing_for_anybody(self, office: World) -> None:
        answers = list(system_visitor("", office.home).knock(*METHODS))
        assert len(answers) > 30
        assert {one.status for one in answers} <= {401, 405}

    def test_its_own_answers(self, office: World) -> None:
        answers = list(system_visitor(self.token(office.home), office.home).knock("get", "post"))
        assert [str(one) for one in answers if not is_fine(one)] == []
        assert sum(one.status == 200 for one in answers) == 5

    def test_of_another_supplier_there_is_nothing(self, office: World) -> None:
        visitor = system_visitor(self.token(office.away), office.home)
        answers = [one for one in visitor.knock("get", "post") if "<" in addresses.shape(one.route)]
        assert {one.status for one in answers} == {404, 405}
        assert [str(one) for one in visitor.knock("get") if office.home.mark in one.text] == []
