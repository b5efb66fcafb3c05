"""Sites on the screen: docks and locations come and go, the calendar is chosen, what is used stays."""

import pytest

from organization.calendars.models import Calendar
from organization.sites.models import Dock, Location
from receiving.receipts.models import Receipt
from tests.pages import send, signed_in, words
from tests.receiving import steps
from tests.scene import VERBS, fresh, give, person


@pytest.fixture
def steward(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Data steward", ["edit_master_data"])
    who = person("steward")
    give(who, "Data steward", site=scene.site.pk)
    return signed_in(who)


def test_docks_come_and_go(scene, steward):
    assert send(steward, "/sites/RTM/docks/", seen=0, code="d1").status_code == 303
    assert send(steward, "/sites/RTM/docks/", seen=1, code="D1").status_code == 409
    assert send(steward, "/sites/RTM/docks/", seen=1, code="dock one").status_code == 422

    dock = Dock.objects.get(site=scene.site, code="D1")
    assert send(steward, "/sites/RTM/docks/remove/", seen=1, which=dock.pk).status_code == 303

    assert not scene.site.docks.exists()


def test_a_dock_that_a_receipt_names_stays(scene, order, steward):
    dock = Dock.objects.create(site=scene.site, code="D1")
    receipt = steps.started(scene, order)
    Receipt._base_manager.filter(pk=receipt.pk).update(dock=dock)

    answer = send(steward, "/sites/RTM/docks/remove/", seen=fresh(scene.site), which=dock.pk)

    assert answer.status_code == 409
    assert "D1 is in use (goods receipt), so it stays." in words(answer)
    assert scene.site.docks.exists()


def test_locations_come_and_go(scene, steward):
    assert send(steward, "/sites/RTM/locations/", seen=0, code="a-01", purpose="storage").status_code == 303
    place = Location.objects.get(site=scene.site)
    assert (place.code, place.purpose) == ("A-01", "storage")
    assert send(steward, "/sites/RTM/locations/remove/", seen=1, which=place.pk).status_code == 303
    assert send(steward, "/sites/RTM/locations/remove/", seen=2, which=place.pk).status_code == 409


def test_not_at_another_site(scene, steward):
    assert send(steward, "/sites/UTR/docks/", seen=0, code="D1").status_code == 403
    assert "Add the dock" not in words(steward.get("/sites/UTR/"))
    assert not scene.other_site.docks.exists()


def test_a_site_goes_by_its_calendar_or_that_of_its_entity(scene, steward, django_assert_max_num_queries):
    hours = [[[480, 1020]]] * 5 + [[], []]
    house = Calendar.objects.create(name="Whole house", hours=hours)
    scene.entity.calendar = house
    scene.entity.save()
    with django_assert_max_num_queries(12):
        assert "Whole house of the legal entity" in words(steward.get("/sites/RTM/"))

    own = Calendar.objects.create(name="Dock hours", hours=hours)
    values = {"name": "Rotterdam", "over_percent": "5", "under_percent": "0", "calendar": own.pk}
    assert send(steward, "/sites/RTM/", seen=0, **values).status_code == 303

    assert "Dock hours" in words(steward.get("/sites/RTM/"))
    assert fresh(scene.site).calendar == own


def test_places_are_found_by_code_and_name(scene):
    client = signed_in(scene.people["requester"])
    assert "/sites/RTM/" in client.get("/search/?q=rotterd&list").content.decode()
    assert client.get("/search/?q=NL01")["Location"] == "/entities/NL01/"
