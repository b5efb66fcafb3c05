"""Each kind: good rows become what a person would have entered, the same again changes nothing, undo takes it back."""

from decimal import Decimal
from typing import Any

import pytest

from foundation.journal.relay import drain
from fulfillment.customers.models import Customer
from fulfillment.demand.models import CustomerOrder
from governance.cases.models import Case
from integration.imports.models import Import, Origin
from organization.items.models import Item
from procurement.orders.models import PurchaseOrder
from procurement.requisitions.models import Requisition
from receiving.receipts.models import Receipt
from receiving.stock.models import StockBalance
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.models import Supplier
from tests.integration.imports.conftest import Bring, effects, errors
from tests.scene import Scene, approve, ordered
from world.invariants import broken

PLAINLY_MADE = "nothing is unrecorded"
"""The scene's master data were not borne by an action, which this law would name."""


def disagreements() -> list[str]:
    return [one for one in broken(say=lambda _text: None) if not one.startswith(PLAINLY_MADE)]


pytestmark = pytest.mark.django_db
ITEMS = """sku,description,category,base_unit,standard price,reorder point,in use
NUT-6,Hex nut M6,FAS,EA,0.05,100,
BOLT-6,Hex bolt M6 zinc,,,2.10,,yes
BOLT-8,Hex bolt M8,,,,,
"""
SUPPLIERS = """number,name,country,currency,email,lead time
S-200,Schrauben Süd GmbH,de,eur,order@sued.example,5
S-100,Nordfast SE,,,,9
"""
OFFERS = """supplier,sku,supplier_sku,unit,pack,minimum,from_quantity,price,preferred
S-100,BOLT-6,NF-6000,EA,,10,,2.00,
S-200,BOLT-6,SU-6,BX,50,2,,80,
S-200,BOLT-6,SU-6,BX,50,2,10,75.5,
"""
ORDERS = """number,supplier,site,sku,quantity,price,need_by,ordered_on
4711,S-100,RTM,BOLT-6,10,2.5,2026-03-20,2026-03-01
4711,S-100,RTM,BOLT-8,5,2,2026-03-20,2026-03-01
4712,S-100,RTM,BOLT-6,100,2,2026-03-20,
"""
DEMAND = """customer,reference,site,sku,quantity,promised_on,priority
C-1,WO-1,RTM,BOLT-6,4,2026-03-09,2
C-1,WO-1,RTM,BOLT-8,2,2026-03-09,2
"""
STOCK = """site,sku,quantity,status
RTM,BOLT-6,40,
RTM,BOLT-6,3,damaged
UTR,BOLT-8,7,available
"""


@pytest.fixture
def issued(bring: Bring, scene: Scene) -> PurchaseOrder:
    """Order 4711, small enough for nobody to be asked."""
    bring("orders", "\n".join(ORDERS.splitlines()[:3]))
    drain()
    return PurchaseOrder._base_manager.get()


def by_origin(kind: str, reference: str) -> str:
    return Origin.objects.get(kind=kind, reference=reference).subject


class TestItems:
    def test_are_entered_and_changed(self, bring: Bring) -> None:
        batch = bring("items", ITEMS)

        assert errors(batch) == []
        assert effects(batch) == ["new", "changed", "unchanged"]
        nut = Item.objects.get(sku="NUT-6")
        assert (nut.standard_price, nut.reorder_point, nut.is_active) == (Decimal("0.05"), 100, True)
        assert Item.objects.get(sku="BOLT-6").description == "Hex bolt M6 zinc"
        assert (batch.status, batch.applied_count) == ("applied", 2)

    def test_the_same_again_is_unchanged(self, bring: Bring) -> None:
        bring("items", ITEMS)

        assert set(effects(bring("items", ITEMS))) == {"unchanged"}

    def test_undone_is_out_of_use_and_as_before(self, bring: Bring, take_back: Bring) -> None:
        batch = take_back(bring("items", ITEMS))

        assert batch.status == "undone"
        assert not Item.objects.get(sku="NUT-6").is_active
        assert Item.objects.get(sku="BOLT-6").description == "Hex bolt M6"

    def test_can_come_again_after_undo(self, bring: Bring, take_back: Bring) -> None:
        take_back(bring("items", ITEMS))

        assert effects(bring("items", ITEMS)) == ["changed", "changed", "unchanged"]
        assert Item.objects.get(sku="NUT-6").is_active

    def test_undo_leaves_what_somebody_built_on(self, bring: Bring, take_back: Bring) -> None:
        batch = bring("items", ITEMS)
        bring("stock", "site,sku,quantity\nRTM,NUT-6,5\n")

        batch = take_back(batch)

        assert batch.status == "applied"
        assert any("NUT-6 is in use" in said or "was changed since" in said for said in errors(batch))
        assert Item.objects.get(sku="NUT-6").is_active

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (",Nut,FAS,EA,1,,", "SKU is missing."),
            ("NUT-7,Nut,,EA,1,,", "Category is missing."),
            ("NUT-7,Nut,FAS,,1,,", "Base unit is missing."),
            ("NUT-7,,FAS,EA,1,,", "Description is missing."),
            ("NUT-7,Nut,XXX,EA,1,,", "There is no category “XXX”."),
            ("NUT-7,Nut,FAS,XX,1,,", "There is no unit “XX”."),
            ("NUT-7,Nut,FAS,EA,a lot,,", "is not a number"),
            ("NUT-7,Nut,FAS,EA,-1,,", "is below 0"),
            ("NUT-7,Nut,FAS,EA,1,,perhaps", "neither yes nor no"),
            ("NUT-7,Nut,FAS,EA,1.1234567,,", "6 after it"),
            (f"{'N' * 41},Nut,FAS,EA,1,,", "at most 40 fit"),
        ],
    )
    def test_a_bad_row_says_what_is_wrong(self, staged: Bring, row: str, said: str) -> None:
        batch = staged("items", f"{ITEMS}{row}\n")

        assert said in " ".join(errors(batch))
        assert effects(batch)[-1] == "error"

    def test_what_documents_speak_in_stays(self, staged: Bring) -> None:
        batch = staged("items", "sku,base_unit\nBOLT-6,BX\n")

        assert errors(batch) == ["Base unit stays: documents speak in it."]

    def test_a_second_row_of_one_item_is_a_mistake(self, staged: Bring) -> None:
        batch = staged("items", "sku,description\nBOLT-6,One\nbolt-6,Two\n")

        assert "Line 2 says the same item." in errors(batch)
        assert effects(batch) == ["error", "error"]


class TestSuppliers:
    def test_are_enrolled_and_changed(self, bring: Bring) -> None:
        batch = bring("suppliers", SUPPLIERS)

        assert errors(batch) == []
        assert effects(batch) == ["new", "changed"]
        new = Supplier.objects.get(number="S-200")
        assert (new.status, new.party.country, new.currency, new.lead_time_days) == ("active", "DE", "EUR", 5)
        assert new.contacts.get().email == "order@sued.example"
        known = Supplier.objects.get(number="S-100")
        assert (known.party.name, known.lead_time_days) == ("Nordfast SE", 9)

    def test_the_same_again_is_unchanged(self, bring: Bring) -> None:
        bring("suppliers", SUPPLIERS)

        assert effects(bring("suppliers", SUPPLIERS)) == ["unchanged", "unchanged"]

    def test_undone_is_retired_and_as_before(self, bring: Bring, take_back: Bring) -> None:
        batch = take_back(bring("suppliers", SUPPLIERS))

        assert batch.status == "undone"
        assert Supplier.objects.get(number="S-200").status == "inactive"
        known = Supplier.objects.get(number="S-100")
        assert (known.party.name, known.lead_time_days) == ("Nordfast AG", 14)

    def test_one_somebody_buys_from_stays(self, bring: Bring, take_back: Bring) -> None:
        batch = bring("suppliers", SUPPLIERS)
        bring("supplier_items", OFFERS)

        batch = take_back(batch)

        assert batch.status == "applied"
        assert "is in use: price break" in " ".join(errors(batch)) or "supplier item" in " ".join(errors(batch))
        assert Supplier.objects.get(number="S-200").status == "active"

    def test_a_state_retires_and_brings_back(self, bring: Bring) -> None:
        bring("suppliers", "number,state\nS-100,inactive\n")
        assert Supplier.objects.get(number="S-100").status == "inactive"

        bring("suppliers", "number,state\nS-100,active\n")
        assert Supplier.objects.get(number="S-100").status == "active"

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("S-3,,DE,EUR,,", "Name is missing."),
            ("S-3,Eins,DEU,EUR,,", "at most 2 fit"),
            ("S-3,Eins,D1,EUR,,", "Country: write 2 letters."),
            ("S-3,Eins,DE,EU,,", "Currency: write 3 letters."),
            ("S-3,Eins,DE,EUR,nobody,", "“nobody” is no mail address."),
            ("S-3,Eins,DE,EUR,,2.5", "not a whole number"),
        ],
    )
    def test_a_bad_row_says_what_is_wrong(self, staged: Bring, row: str, said: str) -> None:
        assert said in " ".join(errors(staged("suppliers", f"{SUPPLIERS}{row}\n")))


CUSTOMERS = """number,name,country,city,priority,takes_partial
C-50,Werf Dordrecht,NL,Dordrecht,2,no
C-51,Bouw Breda,NL,Breda,,
"""


class TestCustomers:
    def test_are_entered_and_changed(self, bring: Bring) -> None:
        batch = bring("customers", CUSTOMERS)
        first = Customer.objects.select_related("party").get(number="C-50")
        assert effects(batch) == ["new", "new"]
        assert (first.party.name, first.priority, first.takes_partial, first.is_active) == (
            "Werf Dordrecht",
            2,
            False,
            True,
        )

        batch = bring("customers", "number,city,priority,is_active\nC-50,Papendrecht,3,\nC-51,Breda,,no\n")

        first, second = Customer.objects.select_related("party").filter(number__in=["C-50", "C-51"]).order_by("number")
        assert effects(batch) == ["changed", "changed"]
        assert (first.party.city, first.priority, second.is_active) == ("Papendrecht", 3, False)

    def test_the_same_again_is_unchanged(self, bring: Bring) -> None:
        bring("customers", CUSTOMERS)
        assert effects(bring("customers", CUSTOMERS)) == ["unchanged", "unchanged"]

    def test_undone_is_not_served_and_as_before(self, bring: Bring, take_back: Bring, scene: Scene) -> None:
        take_back(bring("customers", "number,name,country,priority\nC-1,Werf Holland BV,NL,1\nC-52,New,NL,\n"))

        known, new = Customer.objects.select_related("party").filter(number__in=["C-1", "C-52"]).order_by("number")
        assert (known.party.name, known.priority, new.is_active) == ("Werf Holland", 5, False)

    def test_one_that_ordered_stays(self, bring: Bring, take_back: Bring) -> None:
        batch = bring("customers", CUSTOMERS)
        bring("demand", "customer,reference,site,sku,quantity,promised_on\nC-50,WO-1,RTM,BOLT-6,1,2026-03-09\n")
        take_back(batch)
        assert "in use: customer order" in " ".join(errors(batch))
        assert Customer.objects.get(number="C-50").is_active

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("C-9,,NL,,,", "Name is missing."),
            ("C-9,Nine,Holland,,,", "Country"),
            ("C-9,Nine,NL,,12,", "Priority: write 1 to 9."),
        ],
    )
    def test_a_bad_row_says_what_is_wrong(self, staged: Bring, row: str, said: str) -> None:
        batch = staged("customers", f"number,name,country,city,priority,takes_partial\n{row}\n")
        assert said in " ".join(errors(batch))


class TestSupplierItems:
    @pytest.fixture(autouse=True)
    def _supplier(self, bring: Bring) -> None:
        bring("suppliers", SUPPLIERS)

    def test_are_entered_with_their_breaks(self, bring: Bring) -> None:
        batch = bring("supplier_items", OFFERS)

        assert errors(batch) == []
        assert effects(batch) == ["changed", "new", "new"]
        offer = SupplierItem.objects.get(supplier__number="S-200")
        assert (offer.unit.code, offer.numerator, offer.minimum) == ("BX", 50, 2)
        assert sorted(offer.prices.values_list("quantity_from", "price")) == [(0, 80), (10, Decimal("75.5"))]
        known = SupplierItem.objects.get(supplier__number="S-100", item__sku="BOLT-6")
        assert (known.supplier_sku, known.minimum) == ("NF-6000", 10)

    def test_the_same_again_is_unchanged(self, bring: Bring) -> None:
        bring("supplier_items", OFFERS)

        assert set(effects(bring("supplier_items", OFFERS))) == {"unchanged"}

    def test_undone_is_not_sold_and_as_before(self, bring: Bring, take_back: Bring) -> None:
        batch = take_back(bring("supplier_items", OFFERS))

        assert batch.status == "undone"
        assert not SupplierItem.objects.get(supplier__number="S-200").is_active
        assert SupplierItem.objects.get(supplier__number="S-100", item__sku="BOLT-6").minimum == 0

    def test_a_new_price_holds_from_its_day_and_can_be_undone(self, bring: Bring, take_back: Bring) -> None:
        offer = SupplierItem.objects.get(supplier__number="S-100", item__sku="BOLT-6")

        batch = bring("supplier_items", "supplier,sku,price\nS-100,BOLT-6,2.2\n")
        assert offer.prices.get(valid_to=None).price == Decimal("2.2")

        take_back(batch)
        assert offer.prices.get(valid_to=None).price == 2

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("S-9,BOLT-6,,,,,,1,", "There is no supplier “S-9”."),
            ("S-200,BOLT-99,,,,,,1,", "There is no item “BOLT-99”."),
            ("S-200,BOLT-8,,BX,,,,1,", "Say how many base units one BX is."),
            ("S-100,BOLT-8,,BX,12,,,1,", "Unit, pack and currency of an offer stay"),
            ("S-200,BOLT-8,,,0,,,1,", "is below 1"),
            ("S-200,BOLT-8,,,,,,1,yes", "Nordfast SE is the first choice for it already."),
            ("S-200,BOLT-6,SU-6,BX,50,2,10,70,", "each needs its own from quantity"),
            ("S-200,BOLT-6,OTHER,BX,50,2,20,70,", "Its rows differ in “supplier_sku”"),
        ],
    )
    def test_a_bad_row_says_what_is_wrong(self, staged: Bring, row: str, said: str) -> None:
        assert said in " ".join(errors(staged("supplier_items", f"{OFFERS}{row}\n")))


class TestOrders:
    def test_what_the_matrix_lets_pass_is_issued(self, issued: PurchaseOrder) -> None:
        assert (issued.status, issued.amount) == ("issued", 35)
        assert issued.created_at.date().isoformat() == "2026-03-01"
        assert by_origin("orders", "4711") == issued.subject
        assert [line.ordered for line in issued.lines.order_by("number")] == [10, 5]
        assert issued.lines.first().sources.get().requisition_line.requisition.source == "import"

    def test_what_needs_approval_waits_and_goes_on(self, bring: Bring, scene: Scene) -> None:
        bring("orders", ORDERS)
        request = Requisition._base_manager.get(title="Order 4712")
        assert (request.status, PurchaseOrder._base_manager.count()) == ("in_approval", 1)

        approve(scene, request)
        batch = bring("orders", ORDERS)

        assert effects(batch) == ["unchanged", "unchanged", "changed"]
        assert PurchaseOrder._base_manager.latest("pk").status == "issued"
        assert set(effects(bring("orders", ORDERS))) == {"unchanged"}

    def test_the_same_again_is_unchanged_and_something_else_is_refused(
        self, bring: Bring, issued: PurchaseOrder
    ) -> None:
        assert set(effects(bring("orders", "\n".join(ORDERS.splitlines()[:3])))) == {"unchanged"}

        other = ORDERS.replace("RTM,BOLT-6,10,", "RTM,BOLT-6,11,")
        assert f"imported before with other contents, as {issued.number}" in " ".join(errors(bring("orders", other)))

    def test_undone_is_cancelled_with_its_request(self, bring: Bring, take_back: Bring) -> None:
        batch = take_back(bring("orders", ORDERS))

        assert errors(batch) == []
        assert batch.status == "undone"
        assert PurchaseOrder._base_manager.get().status == "cancelled"
        assert Requisition._base_manager.get(title="Order 4712").status == "cancelled"
        assert not Requisition._base_manager.get(title="Order 4711").lines.filter(quantity__gt=Decimal(0), cancelled=0)
        assert not Origin.objects.exists()

    def test_can_come_again_after_undo(self, bring: Bring, take_back: Bring) -> None:
        take_back(bring("orders", ORDERS))

        assert set(effects(bring("orders", ORDERS))) == {"new"}

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("4713,S-9,RTM,BOLT-6,1,1,2026-03-20,", "There is no supplier “S-9”."),
            ("4713,S-100,XXX,BOLT-6,1,1,2026-03-20,", "There is no site “XXX”."),
            ("4713,S-100,RTM,BOLT-99,1,1,2026-03-20,", "There is no item “BOLT-99”."),
            ("4713,S-100,RTM,BOLT-6,0,1,2026-03-20,", "The quantity must be more than zero."),
            ("4713,S-100,RTM,BOLT-6,1,1,20 March,", "is no day"),
            ("4713,S-100,RTM,BOLT-6,1,1,2026-02-30,", "is no day"),
            ("4713,S-100,RTM,BOLT-6,,1,2026-03-20,", "Quantity is missing."),
            ("4711,S-100,UTR,BOLT-6,1,1,2026-03-20,2026-03-01", "Its rows differ in “site”"),
        ],
    )
    def test_a_bad_row_keeps_its_whole_order_back(self, staged: Bring, row: str, said: str) -> None:
        batch = staged("orders", f"{ORDERS}{row}\n")

        assert said in " ".join(errors(batch))
        number = row.partition(",")[0]
        assert {kept.effect for kept in batch.rows.filter(values__number=number)} == {"error"}

    def test_a_number_with_too_many_places_is_not_rounded(self, bring: Bring) -> None:
        batch = bring("orders", ORDERS.replace("BOLT-6,10,2.5", "BOLT-6,1.1234567,2.5"))

        assert "6 after it" in " ".join(errors(batch))


class TestReceipts:
    def rows(self, order: str, *lines: str) -> str:
        return "\n".join(
            ["delivery_note,order,sku,accepted,damaged,received_on", *[f"DN-1,{order},{line}" for line in lines]]
        )

    def test_are_counted_and_posted(self, bring: Bring, issued: PurchaseOrder, scene: Scene) -> None:
        batch = bring("receipts", self.rows("4711", "BOLT-6,8,2,2026-03-05", "BOLT-8,5,,2026-03-05"))

        assert errors(batch) == []
        receipt = Receipt._base_manager.get()
        assert (receipt.status, receipt.arrived_at.date().isoformat()) == ("posted", "2026-03-05")
        assert [line.received for line in issued.lines.order_by("number")] == [10, 5]
        assert StockBalance.objects.everywhere(because="a test").get(item__sku="BOLT-6", status="damaged").quantity == 2
        assert Case._base_manager.get(kind="receipt_damaged").about == receipt.subject
        drain()
        assert disagreements() == []

    def test_what_is_short_becomes_a_case(self, bring: Bring, issued: PurchaseOrder) -> None:
        bring("receipts", self.rows("4711", "BOLT-6,8,,"))

        assert sorted(Case._base_manager.values_list("kind", flat=True)) == ["receipt_short", "receipt_short"]

    def test_our_own_number_will_do(self, bring: Bring, issued: PurchaseOrder) -> None:
        assert errors(bring("receipts", self.rows(issued.number, "BOLT-6,10,,", "BOLT-8,5,,"))) == []

    def test_counts_blind_where_the_site_does(self, bring: Bring, issued: PurchaseOrder, scene: Scene) -> None:
        type(scene.site).objects.filter(pk=scene.site.pk).update(counts_blind=True)

        assert errors(bring("receipts", self.rows("4711", "BOLT-6,7,,", "BOLT-8,5,,"))) == []
        assert Receipt._base_manager.get().status == "posted"

    def test_the_same_again_is_unchanged(self, bring: Bring, issued: PurchaseOrder) -> None:
        rows = self.rows("4711", "BOLT-6,8,2,", "BOLT-8,5,,")
        bring("receipts", rows)

        assert set(effects(bring("receipts", rows))) == {"unchanged"}
        assert Receipt._base_manager.count() == 1

    def test_undone_is_reversed(self, bring: Bring, take_back: Bring, issued: PurchaseOrder) -> None:
        batch = take_back(bring("receipts", self.rows("4711", "BOLT-6,10,,", "BOLT-8,5,,")))

        assert batch.status == "undone"
        assert [line.received for line in issued.lines.order_by("number")] == [0, 0]

    def test_goods_that_moved_on_stay(self, bring: Bring, take_back: Bring, issued: PurchaseOrder) -> None:
        batch = bring("receipts", self.rows("4711", "BOLT-6,10,,", "BOLT-8,5,,"))
        bring("demand", DEMAND)
        drain()

        batch = take_back(batch)

        assert batch.status == "applied"
        assert "have moved on or are promised" in " ".join(errors(batch))

    def test_received_orders_are_not_undone(self, bring: Bring, take_back: Bring, issued: PurchaseOrder) -> None:
        bring("receipts", self.rows("4711", "BOLT-6,10,,", "BOLT-8,5,,"))

        batch = take_back(Import.objects.get(kind="orders"))

        assert "Goods were received already" in " ".join(errors(batch))

    @pytest.mark.parametrize(
        ("order", "line", "said"),
        [
            ("9999", "BOLT-6,1,,", "There is no order “9999” that you may receive."),
            ("4711", "BOLT-10,1,,", "has no line for BOLT-10."),
            ("4711", "BOLT-6,1.5,,", "is counted in whole"),
            ("4711", "BOLT-6,,,", "Accepted is missing."),
            ("4711", "BOLT-6,-3,,", "is below 0"),
        ],
    )
    def test_a_bad_row_says_what_is_wrong(
        self, staged: Bring, issued: PurchaseOrder, order: str, line: str, said: str
    ) -> None:
        assert said in " ".join(errors(staged("receipts", self.rows(order, line))))


class TestStock:
    def figures(self) -> dict[tuple[str, str, str], Decimal]:
        rows = StockBalance.objects.everywhere(because="a test").exclude(quantity=0)
        return {(row.site.code, row.item.sku, row.status): row.quantity for row in rows.select_related("site", "item")}

    def test_stands_there(self, bring: Bring) -> None:
        batch = bring("stock", STOCK)

        assert effects(batch) == ["new", "new", "new"]
        assert self.figures() == {
            ("RTM", "BOLT-6", "available"): 40,
            ("RTM", "BOLT-6", "damaged"): 3,
            ("UTR", "BOLT-8", "available"): 7,
        }
        assert disagreements() == []

    def test_the_same_again_moves_nothing_whatever_arrived_since(self, bring: Bring, scene: Scene) -> None:
        bring("stock", STOCK)
        before = self.figures()

        assert set(effects(bring("stock", STOCK))) == {"unchanged"}
        assert self.figures() == before

    def test_another_figure_moves_the_difference(self, bring: Bring) -> None:
        bring("stock", STOCK)

        assert effects(bring("stock", STOCK.replace("BOLT-6,40", "BOLT-6,35"))) == ["changed", "unchanged", "unchanged"]
        assert self.figures()["RTM", "BOLT-6", "available"] == 35

    def test_undone_is_gone(self, bring: Bring, take_back: Bring) -> None:
        bring("stock", STOCK)
        batch = bring("stock", STOCK.replace("BOLT-6,40", "BOLT-6,35"))

        assert take_back(batch).status == "undone"
        assert self.figures()["RTM", "BOLT-6", "available"] == 40

    def test_promised_goods_stay(self, bring: Bring, take_back: Bring) -> None:
        batch = bring("stock", STOCK)
        bring("demand", DEMAND)
        drain()

        batch = take_back(batch)

        assert batch.status == "applied"
        assert "Not enough of it is there and free" in " ".join(errors(batch))

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("XXX,BOLT-6,1,", "There is no site “XXX”."),
            ("RTM,BOLT-99,1,", "There is no item “BOLT-99”."),
            ("RTM,BOLT-8,1.5,", "is counted in whole each."),
            ("RTM,BOLT-8,1,in_transit", "is none of:"),
            ("RTM,BOLT-6,1,", "Line 2 says the same balance."),
        ],
    )
    def test_a_bad_row_says_what_is_wrong(self, staged: Bring, row: str, said: str) -> None:
        assert said in " ".join(errors(staged("stock", f"{STOCK}{row}\n")))


class TestDemand:
    def test_is_taken(self, bring: Bring) -> None:
        batch = bring("demand", DEMAND)

        assert errors(batch) == []
        order = CustomerOrder._base_manager.get()
        assert (order.reference, order.priority, order.lines.count()) == ("WO-1", 2, 2)

    def test_the_same_again_is_unchanged(self, bring: Bring) -> None:
        bring("demand", DEMAND)

        assert set(effects(bring("demand", DEMAND))) == {"unchanged"}
        assert CustomerOrder._base_manager.count() == 1

    def test_undone_is_cancelled(self, bring: Bring, take_back: Bring) -> None:
        assert take_back(bring("demand", DEMAND)).status == "undone"
        assert CustomerOrder._base_manager.get().status == "cancelled"

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (
                "C-9,WO-2,RTM,BOLT-6,1,2026-03-09,",
                "There is no customer “C-9”. Import it first, or correct the number.",
            ),
            ("C-1,WO-2,RTM,BOLT-6,0,2026-03-09,", "say how much, in whole each"),
            ("C-1,WO-2,RTM,BOLT-6,1,,", "Promised on is missing."),
            ("C-1,WO-2,RTM,BOLT-6,1,2026-03-09,12", "Priority: write 1 to 9."),
            ("C-1,WO-1,UTR,BOLT-6,1,2026-03-09,2", "Its rows differ in “site”"),
        ],
    )
    def test_a_bad_row_says_what_is_wrong(self, staged: Bring, row: str, said: str) -> None:
        assert said in " ".join(errors(staged("demand", f"{DEMAND}{row}\n")))


def test_the_books_agree_after_everything_came_and_went(bring: Bring, take_back: Bring, scene: Scene) -> None:
    batches: list[Any] = [
        bring(kind, rows)
        for kind, rows in [
            ("items", ITEMS), ("suppliers", SUPPLIERS), ("supplier_items", OFFERS), ("stock", STOCK),
            ("orders", ORDERS), ("demand", DEMAND),
        ]
    ]  # fmt: skip
    drain()
    for batch in reversed(batches):
        take_back(batch)
    ordered(scene)
    drain()

    assert disagreements() == []
