"""The work page is the most visited one: it costs the same few queries for somebody who may do everything."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.scopes import verbs
from foundation.screens import work
from organization.scopes import actions as scopes
from procurement.requisitions.models import Requisition
from tests.scene import NOW, SETUP, Scene, key, ordered, person, requested


@pytest.fixture
def everybody(scene: Scene) -> Client:
    """Somebody with every verb there is, in four scopes of different shapes, the whole house among them."""
    who = person("everybody")
    role = scopes.define_role(name="Everything", verbs=sorted(verbs.registry), by=SETUP, at=NOW, key=key())
    for where in ({}, {"entity": scene.entity.pk}, {"site": scene.site.pk}, {"category": scene.category.pk}):
        scopes.give_role(person=who, role=role, scope=scopes.scope_of(**where), by=SETUP, at=NOW, key=key())
    client = Client()
    client.force_login(who)
    return client


def test_costs_at_most_ten_queries_whatever_one_may_do(scene: Scene, everybody: Client) -> None:
    ordered(scene)
    requested(scene)
    assert len(work._tabs) > 15

    with CaptureQueriesContext(connection) as asked:
        page = everybody.get("/").content.decode()

    assert all(f"?tab={key}" in page for key, tab in work._tabs.items() if not tab.is_rare)
    assert "not reached" not in page
    assert len(asked) <= 10, "\n".join(query["sql"][:300] for query in asked)


def test_costs_no_more_on_any_tab(scene: Scene, everybody: Client, django_assert_max_num_queries) -> None:
    ordered(scene)
    requested(scene)

    for tab in work._tabs:
        with django_assert_max_num_queries(10, info=tab):
            assert everybody.get(f"/?tab={tab}").status_code == 200


def test_counts_what_the_tabs_show(scene: Scene) -> None:
    ordered(scene)
    requested(scene)
    requested(scene)

    for actor in (scene.manager, scene.requester, scene.buyer, scene.receiver, scene.planner):
        tabs = work.tabs_for(actor)
        counts = work.counts(tabs, actor)

        assert counts == {tab.key: len(tab.rows(actor, 1000)) for tab in tabs}
    assert work.counts(work.tabs_for(scene.manager), scene.manager)["approvals"] == 2


def test_a_tab_whose_rows_cannot_be_asked_for_does_not_take_the_others_along(scene: Scene) -> None:
    requested(scene)
    unscoped = work.Tab("broken", "Broken", "decide", rows=lambda *_: [], count=lambda _a: Requisition.objects.all())

    counts = work.counts([unscoped, *work.tabs_for(scene.manager)], scene.manager)

    assert counts["broken"] is None
    assert counts["approvals"] == 1
