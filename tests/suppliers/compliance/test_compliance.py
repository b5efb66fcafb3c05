"""Failures add up to being watched, and the matrix reads a higher class until they are past."""

import datetime as dt

import pytest

from foundation.lifecycles import Refused
from governance.cases.models import Case
from suppliers.compliance import actions as compliance
from suppliers.compliance import queries
from suppliers.suppliers.models import Risk, Supplier
from tests.scene import NOW, SETUP, TODAY, fresh, key
from tests.suppliers.staff import appointed


def fails(scene, *, weight=1, on=TODAY, note="Truck without papers"):
    said = {"kind": "papers", "on": on, "weight": weight, "note": note}
    return compliance.note_failure(supplier=fresh(scene.supplier), **said, by=scene.buyer, at=NOW, key=key())


class TestRiskOn:
    def test_is_high_when_the_judgment_is_over(self):
        supplier = Supplier(risk=Risk.LOW, risk_until=TODAY)
        assert (supplier.risk_on(TODAY), supplier.risk_on(TODAY + dt.timedelta(days=1))) == ("low", "high")

    def test_is_one_class_up_while_watched(self):
        assert [Supplier(risk=risk, is_watched=True).risk_on(TODAY) for risk in Risk] == ["medium", "high", "high"]


class TestJudge:
    def test_says_by_whom_and_until_when(self, scene):
        by = appointed("category", "block_supplier")
        said = {"risk": "medium", "until": TODAY + dt.timedelta(days=90), "by": by, "at": NOW}
        supplier = fresh(scene.supplier)
        with pytest.raises(Refused, match="where the class comes from"):
            compliance.judge(supplier=supplier, source=" ", **said, seen=supplier.version, key=key())
        supplier = compliance.judge(supplier=supplier, source="Audit", **said, seen=supplier.version, key=key())
        assert (supplier.risk, supplier.risk_source, supplier.risk_judged_on) == ("medium", "Audit", TODAY)


class TestFailures:
    def test_reach_the_threshold_once(self, scene):
        assert not fails(scene, weight=4).is_watched
        assert fails(scene).is_watched
        fails(scene)
        assert Case._base_manager.get(kind="supplier_compliance").sightings == 1

    def test_grow_old(self, scene):
        supplier = fails(scene, weight=5)
        later = NOW + dt.timedelta(days=91)
        assert list(queries.to_unwatch(TODAY)) == []
        assert list(queries.to_unwatch(later.date())) == [supplier]
        assert not compliance.weigh(supplier=supplier, by=SETUP, at=later, key=key()).is_watched
        assert Case._base_manager.get(kind="supplier_compliance").status == "auto_resolved"

    def test_say_what_went_wrong_in_the_past(self, scene):
        with pytest.raises(Refused, match="Say what went wrong"):
            fails(scene, note=" ")
        with pytest.raises(Refused, match="lies in the past"):
            fails(scene, on=TODAY + dt.timedelta(days=1))
