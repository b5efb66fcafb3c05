"""What a request is of: the category of free text, the kind of spend, the risk; each with confidence and reason."""

from typing import Any

import pytest

from organization.items.models import Category, Item
from procurement.requisitions import actions as requisitions
from procurement.requisitions import classifying, typed
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.models import RequisitionLine
from procurement.requisitions.typed import Row
from tests.procurement.requisitions.test_duplicates import NEED_BY, in_words, raised
from tests.scene import NOW, Scene, key, requested


@pytest.fixture
def gloves(scene: Scene) -> Category:
    """A category with things to be near to."""
    made = Category.objects.create(code="PPE", name="Safety wear", path="990.")
    for sku, text in (("GLO-1", "Safety gloves nitrile size 9"), ("GLO-2", "Safety gloves nitrile size 10")):
        Item.objects.create(sku=sku, description=text, category=made, base_unit=scene.each)
    return made


class TestGuesses:
    def test_a_category_by_what_its_items_are_called(self, gloves: Category) -> None:
        guess = classifying.guesses(["Nitrile safety gloves, size 10"])["Nitrile safety gloves, size 10"]

        assert guess.category == gloves
        assert guess.is_sure
        assert "GLO-" in guess.reason
        assert "%" in guess.reason

    def test_nothing_for_what_is_like_nothing(self, gloves: Category) -> None:
        assert classifying.guesses(["Forklift lease, twelve months"]) == {}

    def test_asks_no_database_without_texts(self) -> None:
        assert classifying.guesses([]) == {}

    def test_neighbours_that_disagree_take_from_the_confidence(self) -> None:
        alone = classifying.likeliest_of([(1, "a", 0.8), (1, "b", 0.8)])
        torn = classifying.likeliest_of([(1, "a", 0.8), (2, "b", 0.8), (1, "c", 0.4)])

        assert alone == (1, 0.8, "b")
        assert torn == (1, 0.48, "a")


class TestClassified:
    FACTS = {"supplier_risk": "low", "supplier_tenure": "established", "price": "in_line", "contract": "covered"}

    def of(self, items: list[int | None], **facts: str) -> classifying.Classified:
        lines = [RequisitionLine(item_id=item, description="") for item in items]
        return classifying.classified(lines, {**self.FACTS, **facts}, {})

    @pytest.mark.parametrize(("items", "spend"), [([1, 2], "direct"), ([None], "indirect"), ([1, None], "mixed")])
    def test_spend_is_direct_where_all_is_in_the_catalog(self, items: list[int | None], spend: str) -> None:
        assert self.of(items).spend == spend

    @pytest.mark.parametrize(
        ("facts", "risk", "reasons"),
        [
            ({}, "low", []),
            ({"contract": "off_contract"}, "low", ["Contract: outside any contract"]),
            ({"supplier_tenure": "new"}, "medium", ["Known since: new supplier"]),
            (
                {"supplier_tenure": "new", "price": "far_above"},
                "high",
                ["Known since: new supplier", "Price: far above the usual"],
            ),
            ({"supplier_risk": "high"}, "high", ["Supplier: high risk"]),
        ],
    )
    def test_risk_adds_up_and_says_of_what(self, facts: dict[str, str], risk: str, reasons: list[str]) -> None:
        found = self.of([1], **facts)

        assert (found.risk, found.reasons) == (risk, reasons)

    def test_what_nobody_knows_takes_from_the_confidence(self) -> None:
        assert self.of([1]).confidence == 1
        assert self.of([1], supplier_risk="unrated").confidence < 1


class TestTyped:
    def test_free_text_finds_its_category_and_says_so(self, gloves: Category) -> None:
        row = Row(description="Nitrile safety gloves size 10", quantity="5", unit="EA", price="3")
        typed.understand([row], need_by=NEED_BY)

        assert row.wanted
        assert row.wanted.category_id == gloves.pk
        assert row.hint.startswith("Category: Safety wear")

    def test_what_was_picked_by_hand_stays(self, scene: Scene, gloves: Category) -> None:
        row = Row(description="Nitrile safety gloves size 10", quantity="5", category=scene.category.code)
        typed.understand([row], need_by=NEED_BY)

        assert row.wanted
        assert (row.wanted.category_id, row.hint) == (scene.category.pk, "")


class TestSubmit:
    def sent(self, scene: Scene, wanted: Wanted) -> Any:
        draft = raised(scene, [wanted])
        return requisitions.submit(requisition=draft, by=scene.requester, at=NOW, seen=draft.version, key=key())

    def test_keeps_what_it_is_of(self, scene: Scene) -> None:
        kept = requested(scene).classification

        assert (kept["spend"], kept["risk"]) == ("direct", "medium")
        assert "Known since: new supplier" in kept["reasons"]

    def test_doubts_a_category_that_would_ask_other_people(self, scene: Scene, gloves: Category) -> None:
        wrong = self.sent(scene, in_words(scene, scene.category, "Nitrile safety gloves size 10"))
        right = self.sent(scene, in_words(scene, gloves, "Safety gloves nitrile size 9"))

        assert [one["line"] for one in wrong.checks if one["kind"] == "category"] == [1]
        assert [one for one in right.checks if one["kind"] == "category"] == []
