"""Announced, numbered, on its way, at the door: what is kept, who may say it, and what is refused."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance.cases.models import Case
from organization.notifications.models import Notice
from receiving.notices import actions as notices
from receiving.notices import checking, ssccs
from receiving.notices.models import HandlingUnit
from receiving.notices.rules import Held, Packed, PackedUnit
from receiving.receipts import actions as receipts
from tests.receiving import steps
from tests.scene import NOW, TODAY, Scene, fresh, key, ordered

PREFIX = "8712345"
SSCC = "340012345000001230"


def truck(scene: Scene, order: Any, *units: PackedUnit, reference: str = "DN-1", **more: Any) -> Any:
    """All of the order's first line, on these units."""
    line = order.lines.order_by("number").first()
    how = {"arrives_on": line.need_by, "by": scene.supplier_actor, "at": NOW} | more
    packed = how.pop("packed", [Packed(line.pk, Decimal(100))])
    return notices.announce(
        supplier=scene.supplier,
        site=scene.site,
        reference=reference,
        ships_on=TODAY,
        packed=packed,
        units=units,
        key=key(),
        **how,
    )


def pallets(*quantities: int, sscc: str = "") -> list[PackedUnit]:
    return [PackedUnit(n, (Held(1, Decimal(each)),), sscc) for n, each in enumerate(quantities, start=1)]


def units_of(notice: Any) -> list[HandlingUnit]:
    return list(notice.units.order_by("number"))


class TestUnits:
    def test_are_kept_with_what_stands_on_them_and_in_them(self, scene: Scene, order: Any):
        outer, inner = PackedUnit(1, (Held(1, Decimal(60)),), SSCC), PackedUnit(2, (Held(1, Decimal(40)),), "", "CT", 1)

        notice = truck(scene, order, outer, inner)

        pallet, carton = units_of(notice)
        assert (pallet.sscc, pallet.package, carton.package, carton.around) == (SSCC, "PX", "CT", pallet)
        assert [unit.contents.get().quantity for unit in (pallet, carton)] == [60, 40]
        assert (notice.package_count, notice.lines.get().quantity) == (1, 100)

    def test_are_numbered_where_that_is_wished(self, scene: Scene, order: Any):
        notice = truck(scene, order, *pallets(50, 50), sscc_prefix=PREFIX)

        labels = [unit.sscc for unit in units_of(notice)]
        assert len(set(labels)) == 2
        assert all(sscc[1:8] == PREFIX for sscc in labels)

    def test_are_numbered_with_the_buyers_prefix_if_the_supplier_has_none(self, scene: Scene, order: Any):
        scene.entity.gs1_prefix = "400638133"
        scene.entity.save()
        scene.site.entity = scene.entity

        (unit,) = units_of(truck(scene, order, *pallets(100), sscc_prefix=""))

        assert unit.sscc[1:10] == "400638133"

    def test_without_any_prefix_it_says_what_to_do(self, scene: Scene, order: Any):
        with pytest.raises(Refused, match="give your own, or type the SSCCs"):
            truck(scene, order, *pallets(100), sscc_prefix="")

    def test_of_the_same_number_are_refused_for_a_year(self, scene: Scene, order: Any):
        first, second = order, ordered(scene)
        truck(scene, first, *pallets(100, sscc=SSCC))

        with pytest.raises(Refused, match="less than a year ago"):
            truck(scene, second, *pallets(100, sscc=SSCC), reference="DN-2")
        later = truck(scene, second, *pallets(100, sscc=SSCC), reference="DN-2", at=NOW + timedelta(days=367))

        assert units_of(later)[0].keeps_sscc
        assert HandlingUnit._base_manager.filter(sscc=SSCC, keeps_sscc=True).count() == 1

    def test_the_database_holds_that_law_too(self, scene: Scene, order: Any, monkeypatch):
        """The twin: with the question gone, the constraint answers."""
        first, second = order, ordered(scene)
        truck(scene, first, *pallets(100, sscc=SSCC))
        monkeypatch.setattr(ssccs, "taken_of", lambda *_args, **_how: [])

        with pytest.raises(Exception, match="one_unit_per_sscc"):
            truck(scene, second, *pallets(100, sscc=SSCC), reference="DN-2")

    def test_a_cancelled_truck_gives_its_numbers_back(self, scene: Scene, order: Any):
        notice = truck(scene, order, *pallets(100, sscc=SSCC))

        notices.cancel(notice=notice, reason="", by=scene.receiver, at=NOW, seen=notice.version, key=key())

        assert truck(scene, order, *pallets(100, sscc=SSCC)).status == "accepted"

    def test_that_contradict_the_lines_are_refused_with_nothing_kept(self, scene: Scene, order: Any):
        with pytest.raises(Refused, match="99 stand on the units, 100 are announced"):
            truck(scene, order, *pallets(50, 49))

        assert not HandlingUnit._base_manager.exists()


class TestChecks:
    def flags(self, scene: Scene, **more: Any) -> list[str]:
        return [flag["code"] for flag in truck(scene, ordered(scene), **more).flags]

    def test_more_than_was_confirmed_is_told(self, scene: Scene, order: Any):
        order.lines.update(confirmed_quantity=90)

        assert [flag["code"] for flag in truck(scene, order).flags] == ["over_confirmed"]

    def test_a_certificate_is_asked_for(self, scene: Scene, order: Any):
        scene.items[0].needs_certificate = True
        scene.items[0].save()
        line = order.lines.get()

        assert [flag["code"] for flag in truck(scene, order).flags] == ["no_certificate"]
        named = truck(scene, order, reference="DN-2", packed=[Packed(line.pk, Decimal(100), certificate="3.1-77")])
        assert named.flags == []

    def test_many_lines_with_one_fault_are_one_sentence(self):
        many = [{"code": "late", "line": n, "sentence": f"Nut {n}: late."} for n in range(1, 21)]

        assert checking.sentences(many) == ["20 lines arrive after the day that was agreed."]
        assert checking.sentences(many[:2]) == ["Nut 1: late.", "Nut 2: late."]

    def test_a_lot_is_wanted_where_lots_are_tracked(self, scene: Scene, order: Any):
        scene.items[0].tracks_lots = True
        scene.items[0].save()

        with pytest.raises(Refused, match="say which lot it is"):
            truck(scene, order)


class TestTravel:
    def passed(self, scene: Scene, notice: Any, milestone: str, hours: int = 0, by: Any = None) -> Any:
        return notices.pass_milestone(
            notice=notice,
            milestone=milestone,
            happened_at=NOW + timedelta(hours=hours),
            by=by or scene.supplier_actor,
            at=NOW,
            key=key(),
        )

    def test_each_milestone_says_when_and_by_whom(self, scene: Scene, order: Any):
        notice = truck(scene, order)
        self.passed(scene, notice, "ready", -3)
        self.passed(scene, notice, "departed", -1)
        notices.arrive(notice=notice, by=scene.receiver, at=NOW, key=key())

        rows = notice.milestones.order_by("happened_at").values_list("kind", "by")
        assert list(rows) == [
            ("ready", str(scene.supplier_actor)),
            ("departed", str(scene.supplier_actor)),
            ("arrived", str(scene.receiver)),
        ]

    @pytest.mark.parametrize(
        ("milestone", "hours", "said"),
        [
            ("departed", 2, "still to come"),
            ("ready", 0, "wrong order"),
            ("arrived", 0, "Say ready"),
            ("lost", 0, "Say r"),
        ],
    )
    def test_what_cannot_be_is_refused(self, scene: Scene, order: Any, milestone: str, hours: int, said: str):
        notice = truck(scene, order)
        self.passed(scene, notice, "departed", -1)

        with pytest.raises(Refused, match=said):
            self.passed(scene, notice, milestone, hours)

    def test_a_stranger_says_nothing(self, scene: Scene, order: Any):
        with pytest.raises(NotYours):
            self.passed(scene, truck(scene, order), "ready", -1, by=scene.stranger)

    def test_a_truck_that_left_is_not_taken_back(self, scene: Scene, order: Any):
        notice = truck(scene, order)
        self.passed(scene, notice, "departed", -1)

        with pytest.raises(Refused, match="not taken back"):
            notices.cancel(notice=notice, reason="", by=scene.receiver, at=NOW, seen=fresh(notice).version, key=key())

    def test_another_day_is_checked_anew(self, scene: Scene, order: Any):
        notice = truck(scene, order)
        due = notice.arrives_on

        def replanned(days: int) -> Any:
            return notices.replan(
                notice=notice, arrives_on=due + timedelta(days=days), by=scene.supplier_actor, at=NOW, key=key()
            )

        late = replanned(5)
        assert ([flag["code"] for flag in late.flags], late.status) == (["late"], "flagged")
        case = Case.objects.everywhere(because=steps.TEST).get(kind="notice_mismatch", about=notice.subject)
        well = replanned(0)
        assert (well.flags, well.status, fresh(case).is_unsolved) == ([], "accepted", False)
        with pytest.raises(Refused, match="announced already"):
            replanned(0)
        drain()
        told = set(Notice.objects.filter(kind="arrival_replanned").values_list("person__name", flat=True))
        assert told == {"Receiver", "Supervisor"}


class TestAtTheDock:
    def test_one_scan_counts_the_pallet_and_what_stands_in_it(self, scene: Scene, order: Any):
        outer = PackedUnit(1, (Held(1, Decimal(30)),), SSCC)
        carton = PackedUnit(2, (Held(1, Decimal(20)),), "106141412345678908", "CT", 1)
        other = PackedUnit(3, (Held(1, Decimal(50)),))
        receipt = steps.started(scene, notice=truck(scene, order, outer, carton, other))

        self.scanned(scene, receipt, f"(00){SSCC}")

        counted = receipt.lines.order_by("number").values_list("expected", "accepted", "is_counted")
        assert [tuple(map(int, row)) for row in counted] == [(30, 30, 1), (20, 20, 1), (50, 0, 0)]

    def test_a_pallet_is_counted_once_whoever_scans_it_again(self, scene: Scene, order: Any):
        receipt = steps.started(scene, notice=truck(scene, order, *pallets(100, sscc=SSCC)))
        self.scanned(scene, receipt, SSCC)

        with pytest.raises(Refused, match="counted already"):
            self.scanned(scene, receipt, SSCC)

        assert receipt.lines.get().accepted == 100

    def test_a_pallet_that_is_missing_is_short_and_the_rest_is_received(self, scene: Scene, order: Any):
        receipt = steps.started(scene, notice=truck(scene, order, *pallets(60, 40), sscc_prefix=PREFIX))
        first = HandlingUnit._base_manager.get(number=1)
        self.scanned(scene, receipt, first.sscc)
        receipts.nothing_more(receipt=fresh(receipt), by=scene.receiver, at=NOW, key=key())

        steps.post(scene, receipt)

        assert (order.lines.get().received, order.lines.get().open) == (60, 40)
        assert Case.objects.everywhere(because=steps.TEST).filter(kind="receipt_short").count() == 1

    def scanned(self, scene: Scene, receipt: Any, code: str) -> None:
        receipts.scan(receipt=receipt, device_id=uuid.uuid4(), code=code, by=scene.receiver, at=NOW)
