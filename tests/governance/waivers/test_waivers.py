"""Exceptions to policy: granted by another, used where a check would speak, shown on the document, ended by themselves."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance import tasks
from governance.waivers import actions as waivers
from governance.waivers import queries
from governance.waivers.models import Waiver, WaiverUse
from governance.waivers.queries import Met, covers
from organization.notifications.models import Notice
from organization.parties.models import Party
from organization.scopes import actions as scopes
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from suppliers.suppliers.models import Supplier
from tests.pages import words
from tests.procurement.requisitions.test_routing import sent
from tests.scene import NOW, SETUP, Scene, approve, fresh, key, person, requested

D = Decimal
UNTIL = NOW + dt.timedelta(days=30)
VERBS = ["see_waiver", "ask_waiver", "grant_waiver"]


@pytest.fixture
def house(scene: Scene) -> Scene:
    """``owner`` and ``second`` may ask and grant everywhere, ``local`` in Rotterdam."""
    for name, where in {"owner": {}, "second": {}, "local": {"site": scene.site.pk}}.items():
        scene.people[name] = person(name)
        role = scopes.define_role(name=name.title(), verbs=VERBS, by=SETUP, at=NOW, key=key())
        scope = scopes.scope_of(**where)
        scopes.give_role(person=scene.people[name], role=role, scope=scope, by=SETUP, at=NOW, key=key())
    return scene


@pytest.fixture
def asked(house: Scene) -> Callable[..., Waiver]:
    def ask(check: str, *, by: str = "owner", at: dt.datetime = NOW, **more) -> Waiver:
        said = {"reason": "The frame contract starts in May.", "ends_at": UNTIL, **more}
        return waivers.ask(check=check, **said, by=getattr(house, by), at=at, key=key())

    return ask


@pytest.fixture
def granted(house: Scene, asked: Callable[..., Waiver]) -> Callable[..., Waiver]:
    def grant(check: str, **more) -> Waiver:
        row = asked(check, **more)
        return waivers.grant(waiver=row, by=house.second, at=NOW, seen=row.version, key=key())

    return grant


def dear(house: Scene, **more):
    """Bolts usually cost 2 euros: half as much again is told."""
    return sent(house, 20, price=D(3), **more)


def told(request, kind: str) -> list[dict]:
    return [found for found in request.checks if found["kind"] == kind]


def block(supplier: Supplier) -> None:
    Supplier._base_manager.filter(pk=supplier.pk).update(status="blocked")


class TestUse:
    def test_a_check_is_told_without_a_waiver_and_waived_with_one(self, house: Scene, granted) -> None:
        assert [found["verdict"] for found in told(dear(house), "price")] == ["warn"]
        row = granted("price", site=house.site)

        request = dear(house)

        [found] = told(request, "price")
        assert (found["verdict"], found["waiver"]) == ("waived", row.pk)
        assert found["sentence"].endswith("Waived until 1 Apr 2026: The frame contract starts in May.")
        [use] = row.uses.all()
        assert (use.about, use.title, use.line) == (request.subject, request.number, 1)

    def test_what_would_stop_a_request_passes(self, house: Scene, granted) -> None:
        block(house.supplier)
        with pytest.raises(Refused, match="pick another one"):
            sent(house, 20, supplier_id=house.supplier.pk)
        granted("supplier", supplier=house.supplier.party)

        [found] = told(sent(house, 20, supplier_id=house.supplier.pk), "supplier")
        assert found["verdict"] == "waived"

    def test_an_order_is_issued_to_a_blocked_supplier_only_by_a_waiver(self, house: Scene, granted) -> None:
        request = requested(house)
        approve(house, request)
        lines = [Taken(line.pk) for line in request.lines.all()]
        order = orders.draft(supplier=house.supplier, site=house.site, taken=lines, by=house.buyer, at=NOW, key=key())
        block(house.supplier)

        with pytest.raises(Refused, match="The supplier is blocked"):
            orders.issue(order=order, by=house.buyer, at=NOW, seen=order.version, key=key())
        granted("supplier", supplier=house.supplier.party, site=house.site)

        assert orders.issue(order=order, by=house.buyer, at=NOW, seen=order.version, key=key()).status == "issued"
        assert WaiverUse.objects.get().about == order.subject

    @pytest.mark.parametrize("what", ["asked only", "another site", "over", "revoked", "another check"])
    def test_covers_nothing_else(self, what: str, house: Scene, asked, granted) -> None:
        if what == "asked only":
            asked("price", site=house.site)
        if what == "another site":
            granted("price", site=house.other_site)
        if what == "another check":
            granted("minimum", site=house.site)
        if what == "over":
            granted("price", site=house.site, ends_at=NOW + dt.timedelta(hours=1))
        if what == "revoked":
            row = granted("price", site=house.site)
            waivers.revoke(waiver=row, answer="Enough.", by=house.second, at=NOW, seen=row.version, key=key())

        [found] = told(dear(house, at=NOW + dt.timedelta(hours=1)), "price")
        assert found["verdict"] == "warn"

    def test_each_place_narrows(self) -> None:
        row = Waiver(check_name="price", entity_id=1, site_id=2, item_id=7)
        met = Met("price", "x:1", entity=1, site=2, supplier=5, item=7)

        assert covers(row, met)
        for name in ("entity", "site", "item"):
            setattr(row, f"{name}_id", 99)
            assert not covers(row, met)
            setattr(row, f"{name}_id", getattr(met, name))
        row.about = "x:2"
        assert not covers(row, met)

    def test_costs_nothing_where_there_is_nothing_to_waive(self, db, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            assert queries.covering([], at=NOW) == {}


class TestGranting:
    def test_is_for_somebody_else(self, house: Scene, asked) -> None:
        row = asked("price", site=house.site)

        with pytest.raises(Refused, match="Who asks for a waiver does not grant it"):
            waivers.grant(waiver=row, by=house.owner, at=NOW, seen=row.version, key=key())

    def test_reaches_as_far_as_ones_scope(self, house: Scene, asked) -> None:
        row = asked("price", site=house.other_site)

        with pytest.raises(NotYours):
            waivers.grant(waiver=row, by=house.local, at=NOW, seen=row.version, key=key())
        with pytest.raises(NotYours):
            asked("price", item=house.items[0], by="local")

    @pytest.mark.parametrize(
        ("more", "sentence"),
        [
            ({"reason": ""}, "Say why"),
            ({"site": None}, "Say for what"),
            ({"ends_at": NOW}, "A waiver ends: say until when, at most 183 days"),
            ({"ends_at": NOW + dt.timedelta(days=300)}, "at most 183 days"),
            ({"check": "urgency"}, "There is no check “urgency”"),
        ],
    )
    def test_says_what_cannot_be(self, house: Scene, asked, more: dict, sentence: str) -> None:
        said = {"check": "price", "site": house.site, **more}

        with pytest.raises(Refused, match=sentence):
            asked(said.pop("check"), **said)


class TestEnding:
    def test_its_owner_is_reminded_once_and_then_it_is_over(self, house: Scene, asked) -> None:
        today = timezone.now()
        row = asked("price", site=house.site, at=today, ends_at=today + dt.timedelta(days=5))
        waivers.grant(waiver=row, by=house.second, at=today, seen=row.version, key=key())

        assert [tasks.clock_waivers() for _twice in range(2)] == [1, 0]
        drain()

        notice = Notice.objects.get(kind="waiver_ending")
        assert (notice.person, notice.url) == (house.people["owner"], f"/waivers/{row.pk}/")
        with time_machine.travel(today + dt.timedelta(days=9)):
            assert tasks.clock_waivers() == 0  # the database's clock has not come so far
        assert fresh(row).status == "granted"
        Waiver.objects.filter(pk=row.pk).update(ends_at=today - dt.timedelta(seconds=1))
        assert tasks.clock_waivers() == 1
        assert fresh(row).status == "expired"


class TestPages:
    def test_asked_granted_and_shown_where_it_was_used(self, house: Scene, as_) -> None:
        form = {
            "key": key(),
            "check": "price",
            "site": house.site.pk,
            "ends_at": "2026-04-01T10:00",
            "reason": "Steel.",
        }
        answer = as_("owner").post("/waivers/new/", form)
        row = Waiver.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/waivers/{row.pk}/")
        said = {"seen": row.version, "key": key(), "answer": "Until then."}
        own = as_("owner").post(f"/waivers/{row.pk}/grant/", said)
        assert (own.status_code, fresh(row).status) == (409, "asked")
        assert as_("second").post(f"/waivers/{row.pk}/grant/", said | {"key": key()}).status_code == 303

        request = dear(house)

        assert f"{request.number} 1 The price is 50 % above" in words(as_("second").get(f"/waivers/{row.pk}/"))
        assert "Waived" in words(as_("requester").get(f"/requests/{request.number}/"))
        assert "RTM" in words(as_("second").get("/waivers/?status=granted"))

    @pytest.mark.parametrize("path", ["", "new/", "{}/"])
    def test_each_page_costs_few_queries(
        self, path: str, house: Scene, as_, granted, django_assert_max_num_queries
    ) -> None:
        row = granted("price", site=house.site)
        client = as_("second")

        with django_assert_max_num_queries(12):
            assert client.get(f"/waivers/{path.format(row.pk)}").status_code == 200

    def test_which_of_two_suppliers_of_a_name_is_asked(self, house: Scene, as_) -> None:
        party = house.supplier.party
        Party.objects.filter(pk=party.pk).update(vat_number="NL001")
        Party.objects.create(name=party.name, country="DE")
        form = {"check": "supplier", "supplier": party.name, "ends_at": "2026-05-01T12:00", "reason": "Steel"}
        api, head = "/api/v1/waivers/", {"headers": {"Idempotency-Key": key()}, "content_type": "application/json"}
        asks = "More than one party is called that"

        assert asks in words(as_("owner").post("/waivers/new/", form | {"key": key()}))
        over_rest = as_("owner").post(api, form, **head)
        assert (over_rest.status_code, asks in over_rest.content.decode()) == (400, True)
        as_("owner").post("/waivers/new/", form | {"supplier": "nl001", "key": key()})
        assert Waiver.objects.get().supplier == party

    def test_over_rest(self, house: Scene, as_) -> None:
        api, json = "/api/v1/waivers/", {"content_type": "application/json"}
        body = {"check": "price", "site": "RTM", "ends_at": UNTIL.isoformat(), "reason": "Steel."}
        made = as_("owner").post(api, body, headers={"Idempotency-Key": key()}, **json)
        assert made.status_code == 201

        pk = made.json()["id"]
        grant = {"version": made.json()["version"], "answer": "Until then."}
        answer = as_("second").post(f"{api}{pk}/grant/", grant, headers={"Idempotency-Key": key()}, **json)

        assert (answer.status_code, answer.json()["status"], answer.json()["decider"]) == (
            200,
            "granted",
            "second@noordzee.example",
        )
