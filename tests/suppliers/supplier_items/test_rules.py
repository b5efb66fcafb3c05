from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.reason import BadValue
from suppliers.supplier_items.rules import PriceBreak, PriceSource, Terms, price_at, purchasable


def terms(minimum="0", multiple="0", pack="0") -> Terms:
    return Terms(Decimal(minimum), Decimal(multiple), Decimal(pack))


def bought(needed: str, **details: str) -> Decimal:
    return purchasable(Decimal(needed), terms(**details)).quantity


class TestPurchasable:
    def test_is_what_is_needed_where_the_supplier_does_not_mind(self):
        answer = purchasable(Decimal("7.5"), terms())

        assert (answer.quantity, answer.extra) == (Decimal("7.5"), 0)
        assert [str(reason) for reason in answer.reasons] == ["7.5 can be bought as it is."]

    @pytest.mark.parametrize(
        ("needed", "details", "quantity"),
        [
            ("7", {"minimum": "10"}, "10"),
            ("11", {"minimum": "10"}, "11"),
            ("7", {"multiple": "4"}, "8"),
            ("8", {"multiple": "4"}, "8"),
            ("7", {"minimum": "10", "multiple": "4"}, "12"),
            ("13", {"pack": "12"}, "24"),
            ("13", {"pack": "12", "multiple": "18"}, "36"),
            ("0.3", {"multiple": "0.25"}, "0.5"),
            ("0.000001", {"pack": "12.5"}, "12.5"),
            ("12.0000001", {"pack": "12"}, "24"),
        ],
    )
    def test_goes_up_to_what_is_sold(self, needed, details, quantity):
        assert bought(needed, **details) == Decimal(quantity)

    def test_explains_every_step(self):
        answer = purchasable(Decimal(7), terms(minimum="10", multiple="8", pack="12"))

        assert answer.extra == 17
        assert [str(reason) for reason in answer.reasons] == [
            "7 is needed; no less than 10 is sold.",
            "10 is no multiple of 8.",
            "10 is no whole number of packs of 12.",
            "Only 24 is both a multiple of 8 and whole packs of 12.",
            "24 is 17 more than needed.",
        ]

    @pytest.mark.parametrize("needed", ["0", "-1"])
    def test_refuses_to_buy_nothing(self, needed):
        with pytest.raises(BadValue, match="above zero"):
            bought(needed)

    def test_refuses_terms_below_zero(self):
        with pytest.raises(BadValue, match="0 means there is none"):
            terms(pack="-1")

    QUANTITIES = st.decimals("0.000001", 10_000, places=6)
    TERMS = st.builds(Terms, *[st.decimals(0, 100, places=2)] * 3)

    @given(QUANTITIES, TERMS)
    def test_is_the_least_that_covers_the_need_and_is_sold(self, needed, terms):
        quantity, step = purchasable(needed, terms).quantity, terms.step

        assert quantity >= max(needed, terms.minimum)
        if step:
            assert quantity % step == 0
            assert quantity - step < max(needed, terms.minimum)
        for each in (terms.multiple, terms.pack):
            assert not each or quantity % each == 0

    @given(QUANTITIES, TERMS)
    def test_changes_nothing_the_second_time(self, needed, terms):
        once = purchasable(needed, terms).quantity

        assert purchasable(once, terms).quantity == once


LIST = PriceBreak(Decimal(1), Decimal("2.00"), "EUR", PriceSource.LIST, "2026")
TEN = replace(LIST, from_quantity=Decimal(10), price=Decimal("1.80"))
HUNDRED = replace(LIST, from_quantity=Decimal(100), price=Decimal("1.50"))
CONTRACT = PriceBreak(Decimal(50), Decimal("1.90"), "EUR", PriceSource.CONTRACT, "C-12")


def price(quantity: int, *breaks: PriceBreak) -> Decimal | None:
    found = price_at(breaks, Decimal(quantity))
    return found.chosen.price if found else None


class TestPriceAt:
    @pytest.mark.parametrize(("quantity", "expected"), [(1, "2.00"), (9, "2.00"), (10, "1.80"), (100, "1.50")])
    def test_takes_the_highest_break_that_is_reached(self, quantity, expected):
        assert price(quantity, HUNDRED, LIST, TEN) == Decimal(expected)

    def test_knows_no_price_below_the_first_break(self):
        assert price(9, TEN) is None
        assert price(9) is None

    def test_keeps_to_the_contract_although_the_list_is_cheaper(self):
        assert price(100, LIST, HUNDRED, CONTRACT) == Decimal("1.90")

    def test_leaves_the_contract_where_it_has_no_price(self):
        assert price(49, LIST, TEN, CONTRACT) == Decimal("1.80")

    def test_compares_prices_per_hundred_with_prices_per_piece(self):
        per_hundred = replace(LIST, price=Decimal(190), price_per=Decimal(100), reference="b")

        assert price(5, LIST, per_hundred) == 190

    def test_says_where_the_price_is_from(self):
        found = price_at([LIST, CONTRACT], Decimal(60))

        assert str(found.reason) == "1.9 EUR per 1: contract C-12, from 50 on."

    def test_tells_when_more_would_cost_less(self):
        found = price_at([LIST, TEN, HUNDRED], Decimal(90))

        assert str(found.cheaper) == "100 at 1.5 EUR cost less than 90."

    def test_is_silent_when_more_would_cost_more(self):
        assert price_at([LIST, TEN, HUNDRED], Decimal(80)).cheaper is None

    BREAKS = st.lists(
        st.builds(
            PriceBreak,
            st.integers(1, 50).map(Decimal),
            st.integers(1, 500).map(lambda cents: Decimal(cents) / 100),
            st.just("EUR"),
            st.sampled_from(PriceSource),
            st.sampled_from(["a", "b"]),
        ),
        max_size=8,
    )

    @given(BREAKS, st.integers(1, 60), st.randoms())
    def test_does_not_depend_on_the_order_of_breaks(self, breaks, quantity, random):
        assert price(quantity, *random.sample(breaks, len(breaks))) == price(quantity, *breaks)
