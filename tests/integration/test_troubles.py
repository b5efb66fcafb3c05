"""What does not work stands on every page of those whom it concerns, and on nobody's when all is well."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from foundation.jobs.models import Job
from foundation.journal.models import Delivery, Entry
from integration import queries
from integration.deliveries.queries import flow_lines
from organization.notifications.models import Mail
from tests.pages import signed_in, words
from tests.scene import VERBS, give, key, ordered, person

LONG_AGO = dt.timedelta(minutes=10)
BANNER = 'class="troubles" role="status"'


@pytest.fixture(autouse=True)
def asked_each_time(settings, scene):
    """What the ground has to tell waits since the ground was built: here it begins to wait now."""
    settings.TROUBLE_SECONDS = 0
    Delivery.objects.update(next_at=now())


@pytest.fixture
def owner(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Integration owner", ["see_integration", "replay_delivery"])
    who = person("owner")
    give(who, "Integration owner")
    return signed_in(who)


@pytest.fixture
def waiting(scene, monkeypatch):
    """An order's message to the ERP that was tried in vain; here nobody has any patience."""
    monkeypatch.setattr("integration.queries.PATIENCE", dt.timedelta(0))
    monkeypatch.setattr("integration.deliveries.queries.PATIENCE", dt.timedelta(0))
    order = _ordered(scene)
    delivery = Delivery.objects.get(entry__subject=order.subject, subscriber="integration.subscribers.post_order")
    later = now() + dt.timedelta(minutes=5)
    Delivery.objects.filter(pk=delivery.pk).update(status="ready", attempts=3, next_at=later, lease_until=None)
    return delivery


def _ordered(scene):
    """Mails are due when it happened, and the scene's clock stands in March: they are sent at once."""
    order = ordered(scene)
    Mail.objects.update(status=Mail.Status.SENT)
    return order


def sees(client, address="/notifications/"):
    return BANNER in client.get(address).content.decode()


def test_nothing_is_said_when_all_is_well(scene, owner):
    _ordered(scene)
    assert not sees(owner)
    assert not sees(signed_in(scene.people["buyer"]))


class TestErp:
    def test_is_told_to_those_whose_work_goes_there(self, scene, owner, waiting):
        buyer = signed_in(scene.people["buyer"])
        page = words(buyer.get("/notifications/"))

        assert "The ERP does not take our messages: 1 waits" in page
        assert "Do not enter them there by hand" in page
        assert sees(owner)
        assert not sees(signed_in(scene.people["requester"]))

    def test_only_who_may_see_the_monitor_is_led_there(self, scene, owner, waiting):
        assert 'href="/integration/">See more' in owner.get("/notifications/").content.decode()
        buyer = signed_in(scene.people["buyer"])
        assert 'href="/integration/">See more' not in buyer.get("/notifications/").content.decode()

    def test_what_waits_for_its_next_try_is_behind_on_the_monitor_too(self, waiting):
        (flow,) = [one for one in flow_lines() if one.subscriber == waiting.subscriber]
        assert flow.is_late
        assert [one.words for one in queries.degraded()] == ["Behind"]

    def test_what_was_refused_is_for_those_who_can_help(self, scene, owner, waiting):
        Delivery.objects.filter(pk=waiting.pk).update(status="parked")
        assert "1 message to another system was refused" in words(owner.get("/notifications/"))
        assert not sees(signed_in(scene.people["buyer"]))

    def test_is_over_when_it_was_delivered(self, scene, owner, waiting):
        Delivery.objects.filter(pk=waiting.pk).update(status="done")
        assert not sees(owner)


class TestTheRest:
    def test_a_relay_that_stands_still_is_told_to_everybody(self, scene, waiting):
        Delivery.objects.filter(pk=waiting.pk).update(attempts=0, next_at=now() - LONG_AGO)
        page = words(signed_in(scene.people["requester"]).get("/notifications/"))
        assert "What one part of the house tells another is not passed on" in page

    def test_what_waits_behind_another_is_not_the_relays_fault(self, scene, waiting):
        Delivery.objects.filter(pk=waiting.pk).update(status="parked")
        last = Delivery.objects.filter(lane=waiting.lane).latest("number")
        Delivery.objects.create(
            entry=Entry.objects.exclude(pk=last.entry_id).first(),
            subscriber="integration.subscribers.post_order",
            lane=waiting.lane,
            number=last.number + 1,
            next_at=now() - LONG_AGO,
        )
        assert not sees(signed_in(scene.people["requester"]))

    def test_jobs_that_nobody_begins(self, scene, owner):
        Job.objects.create(kind="import", title="Items", by="person:1", asked_at=now() - LONG_AGO)
        assert "Long work such as imports and large exports is not begun" in words(owner.get("/notifications/"))
        assert not sees(signed_in(scene.people["requester"]))

    def test_mails_that_nobody_sends(self, scene):
        Mail.objects.create(to="a@b.example", subject="s", text="t", thread="t", key="k", next_at=now() - LONG_AGO)
        assert "Mails are not sent" in words(signed_in(scene.people["buyer"]).get("/notifications/"))
        assert not sees(signed_in(scene.people["requester"]))

    def test_mails_that_are_being_sent_one_after_the_other_are_none(self, scene):
        mail = {"to": "a@b.example", "subject": "s", "text": "t", "thread": "t", "next_at": now() - LONG_AGO}
        Mail.objects.create(key="k", **mail)
        Mail.objects.create(key="l", status=Mail.Status.SENT, sent_at=now(), **mail)
        assert not sees(signed_in(scene.people["buyer"]))


class TestCost:
    def test_is_one_query_and_none_while_the_answer_is_kept(
        self, scene, settings, monkeypatch, django_assert_num_queries
    ):
        settings.TROUBLE_SECONDS = 15
        monkeypatch.setattr(queries, "KEPT", f"integration:health:{key()}")
        with django_assert_num_queries(1):
            queries.health()
        with django_assert_num_queries(0):
            assert queries.health() == queries.Health()

    def test_a_cache_that_is_away_costs_the_query_only(self, scene, settings, monkeypatch):
        settings.TROUBLE_SECONDS = 15
        monkeypatch.setattr(cache, "get", broken)
        assert queries.health() == queries.Health()

    def test_a_source_that_fails_loses_no_page(self, scene, monkeypatch):
        monkeypatch.setattr(queries, "health", broken)
        assert signed_in(scene.people["buyer"]).get("/notifications/").status_code == 200


def broken(*_given, **_more):
    raise ConnectionError("away")


def test_a_suppliers_person_is_told_nothing_of_ours(scene, waiting):
    assert queries.troubles(scene.supplier_actor) == []
    assert queries.troubles(scene.buyer)
