"""The integration monitor: what is behind is seen, sent again or let be, with a reason."""

import pytest

from foundation.journal.models import Delivery, Entry
from foundation.journal.relay import drain
from integration import queries
from integration.erp import sync
from tests.pages import send, signed_in, words
from tests.scene import VERBS, fresh, give, ordered, person


@pytest.fixture
def owner(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Integration owner", ["see_integration", "replay_delivery"])
    who = person("owner")
    give(who, "Integration owner")
    return signed_in(who)


@pytest.fixture(autouse=True)
def installation(erp, settings):
    settings.ERP_URL, settings.ERP_KEYED, settings.ERP_TIMEOUT_SECONDS = erp.url, True, 1
    sync.client.cache_clear()
    yield
    sync.client.cache_clear()


@pytest.fixture
def refused(scene, erp):
    """An order that the ERP does not take."""
    erp.fault("status:422", "POST /purchase-orders")
    return ordered(scene)


class TestMonitor:
    def test_it_says_that_everything_is_in_step(self, scene, owner):
        ordered(scene)
        page = words(owner.get("/integration/"))
        assert "Everything in step" in page
        assert "Orders to the ERP In step" in page

    def test_it_names_the_flow_that_needs_help_first(self, owner, refused):
        page = words(owner.get("/integration/"))
        assert "1 flow is not in step." in page
        assert page.index("Orders to the ERP 1 needs help") < page.index("Receipts to the ERP")

    def test_the_rest_of_the_house_can_know(self, owner, refused):
        assert [(one.label, one.words) for one in queries.degraded()] == [("Orders to the ERP", "1 needs help")]

    def test_its_cost_does_not_grow_with_what_waits(self, owner, refused, django_assert_max_num_queries):
        owner.get("/integration/")
        with django_assert_max_num_queries(7):
            owner.get("/integration/")

    def test_whoever_may_not_see_it_does_not(self, scene):
        assert signed_in(scene.people["buyer"]).get("/integration/").status_code == 403


class TestDelivery:
    def test_the_list_leads_to_the_words_of_the_erp_and_what_was_sent(self, owner, refused):
        assert refused.number in words(owner.get("/integration/deliveries/"))
        delivery = Delivery.objects.get(status="parked")

        page = words(owner.get(f"/integration/deliveries/{delivery.pk}/"))

        assert "Status 422 on request." in page
        assert f"Orders to the ERP: {refused.number}" in page

    def test_sent_again_with_a_reason_it_arrives(self, owner, refused):
        delivery = Delivery.objects.get(status="parked")
        url = f"/integration/deliveries/{delivery.pk}/"

        answer = send(owner, f"{url}redeliver/", reason="period opened")
        drain()

        assert (answer.status_code, answer["Location"]) == (303, url)
        assert fresh(refused).synced == "synced"
        assert Entry.objects.filter(subject=refused.subject, facts__reason="period opened").exists()

    def test_without_a_reason_nothing_happens(self, owner, refused):
        delivery = Delivery.objects.get(status="parked")
        assert send(owner, f"/integration/deliveries/{delivery.pk}/redeliver/", reason=" ").status_code == 409
        assert fresh(delivery).status == "parked"

    def test_let_be_it_stays_in_the_history(self, owner, refused):
        delivery = Delivery.objects.get(status="parked")
        send(owner, f"/integration/deliveries/{delivery.pk}/skip/", reason="entered by hand")
        assert fresh(delivery).status == "skipped"

    def test_sending_again_needs_its_own_verb(self, scene, refused, monkeypatch):
        monkeypatch.setitem(VERBS, "Watcher", ["see_integration"])
        give(scene.people["buyer"], "Watcher")
        delivery = Delivery.objects.get(status="parked")
        client = signed_in(scene.people["buyer"])
        assert client.get(f"/integration/deliveries/{delivery.pk}/").status_code == 200
        assert send(client, f"/integration/deliveries/{delivery.pk}/redeliver/", reason="x").status_code == 403


class TestPanel:
    def test_an_orders_page_shows_its_number_in_the_erp(self, scene):
        order = ordered(scene)
        page = words(signed_in(scene.people["buyer"]).get(f"/integration/erp/order/{order.number}/"))
        assert f"Posted as {order.erp_number} , revision 1" in page

    def test_a_failure_is_one_click_away(self, owner, refused, scene):
        give(scene.people["buyer"], "Integration owner")
        page = signed_in(scene.people["buyer"]).get(f"/integration/erp/order/{refused.number}/").content.decode()
        assert f"/integration/deliveries/{Delivery.objects.get(status='parked').pk}/" in page

    def test_out_of_scope_there_is_no_such_order(self, scene):
        order = ordered(scene)
        assert signed_in(scene.people["stranger"]).get(f"/integration/erp/order/{order.number}/").status_code == 403
        elsewhere = person("elsewhere")
        give(elsewhere, "Buyer", site=scene.other_site.pk)
        assert signed_in(elsewhere).get(f"/integration/erp/order/{order.number}/").status_code == 404
