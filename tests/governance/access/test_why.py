"""Why can I, why can I not: roles, who could help, and what the state says, on every document with buttons."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from foundation.documents.models import Scoped
from foundation.scopes import verbs
from foundation.scopes.permissions import may
from foundation.screens import deeds
from governance.access.explaining import explain
from tests.pages import signed_in, words
from tests.scene import VERBS, Scene, give, ordered, person, requested

ROOT = Path(__file__).parents[3]
BUTTON = re.compile(r'verb_button \w+ \S+ .*?verb="(\w+)"')
LINK = "parts/why_link.html"


@pytest.fixture
def admin(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(VERBS, "Administrator", ["see_people", "grant_role", "see_order", "see_requisition"])
    who = person("admin")
    give(who, "Administrator")
    return who


def of(document: Any, who: Any) -> dict[str, Any]:
    return {str(one.deed.label): one for one in explain(who, document)}


class TestExplain:
    def test_who_may_because_of_which_role_given_when_and_by_whom(self, scene: Scene, order: Any) -> None:
        said = of(order, scene.people["buyer"])["Cancel it"]
        assert said.because == ["Buyer (NL01), given by setup on 2 Mar 2026"]
        assert said.is_possible

    def test_who_may_not_needs_what_where_and_who_can_give_it(self, scene: Scene, order: Any, admin: Any) -> None:
        said = of(order, scene.people["requester"])["Cancel it"]
        assert (said.is_allowed, said.needs, said.helpers) == (False, "RTM", ["Admin"])
        assert said.verb == verbs.label("cancel_order")

    def test_the_state_speaks_beside_the_right(self, scene: Scene, order: Any) -> None:
        said = of(order, scene.people["buyer"])["Issue to the supplier"]
        assert said.is_allowed
        assert said.state == ["Not possible while issued."]
        assert not said.is_possible

    def test_agrees_with_what_the_action_asks(self, scene: Scene, admin: Any) -> None:
        give(scene.people["stranger"], "Buyer", site=scene.other_site.pk)
        for document in (ordered(scene), requested(scene)):
            for who in scene.people.values():
                for one in explain(who, document):
                    assert one.is_allowed == may(who.actor, one.deed.verb, document), (who, one.deed)


class TestThePage:
    def test_is_for_oneself_and_for_others_by_whoever_sees_people(self, scene: Scene, order: Any, admin: Any) -> None:
        url = f"/access/why/{order.subject}/"
        mine = words(signed_in(scene.people["buyer"]).get(f"{url}?person={scene.people['requester'].pk}"))
        theirs = words(signed_in(admin).get(f"{url}?person={scene.people['requester'].pk}"))

        assert "What may I do here" in mine
        assert "What may Requester do here" in theirs
        assert "Who can give it" in theirs

    def test_is_led_to_by_the_document(self, scene: Scene, order: Any) -> None:
        page = signed_in(scene.people["buyer"]).get(f"/orders/{order.number}/").content.decode()
        assert f"/access/why/{order.subject}/" in page

    def test_of_what_is_out_of_scope_there_is_nothing(self, scene: Scene, order: Any) -> None:
        assert signed_in(scene.people["stranger"]).get(f"/access/why/{order.subject}/").status_code == 404
        for subject in ("organization.person:1", "nothing:1", f"{order.subject}x", "procurement.purchaseorder:"):
            assert signed_in(scene.people["buyer"]).get(f"/access/why/{subject}/").status_code == 404

    def test_costs_at_most_twelve_queries(self, order: Any, admin: Any, django_assert_max_num_queries: Any) -> None:
        client, url = signed_in(admin), f"/access/why/{order.subject}/"
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)


class TestDeeds:
    def test_name_verbs_moves_and_documents_that_there_are(self) -> None:
        for label in deeds.explained():
            model: Any = apps.get_model(label)
            assert issubclass(model, Scoped)
            for deed in deeds.deeds_of(model):
                assert deed.verb in verbs.registry
                assert not deed.move or hasattr(getattr(model, deed.move), "_django_fsm"), (label, deed)

    def test_every_page_with_buttons_explains_the_verbs_of_its_buttons(self) -> None:
        said = {deed.verb for label in deeds.explained() for deed in deeds.deeds_of(apps.get_model(label))}
        for page in (ROOT / "templates").rglob("page.html"):
            source = page.read_text()
            if LINK in source:
                assert {verb for verb in BUTTON.findall(source) if not verb.startswith("see_")} <= said, page
        assert sum(LINK in page.read_text() for page in (ROOT / "templates").rglob("page.html")) == len(
            deeds.explained()
        )
