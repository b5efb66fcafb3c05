from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.matching.rules import (
    SEVERITY,
    Billed,
    Ordered,
    Received,
    Tolerance,
    Verdict,
    match_line,
)

EXACT = Tolerance()
ORDERED = Ordered(quantity=Decimal(100), price=Decimal("2.04"), currency="EUR")
ARRIVED = Received(accepted=Decimal(100))
QUANTITIES = st.integers(0, 200).map(Decimal)


def bill(quantity="100", price="2.04", amount=None, **details) -> Billed:
    quantity, price = Decimal(quantity), Decimal(price)
    return Billed(quantity, price, quantity * price if amount is None else Decimal(amount), "EUR", **details)


def verdict(billed: Billed, received: Received = ARRIVED, ordered: Ordered = ORDERED, **tolerance: str) -> Verdict:
    allowed = Tolerance(**{name: Decimal(value) for name, value in tolerance.items()})
    return match_line(ordered, received, billed, allowed).verdict


class TestMatched:
    def test_is_what_was_ordered_and_arrived(self):
        match = match_line(ORDERED, ARRIVED, bill(), EXACT)

        assert match.verdict == "matched"
        assert (match.quantity_difference, match.price_difference, match.money_difference) == (0, 0, 0)
        assert str(match.reasons[0]) == "100 at 2.04: as ordered and received, within tolerance."

    def test_is_part_of_what_arrived(self):
        assert verdict(bill("40")) == "matched"

    def test_is_cheaper_than_ordered_and_says_by_how_much(self):
        match = match_line(ORDERED, ARRIVED, bill(price="2.00"), EXACT)

        assert (match.verdict, match.price_difference, match.money_difference) == ("matched", Decimal("-0.04"), -4)

    def test_is_what_was_accepted_although_it_was_too_many(self):
        assert verdict(bill("102"), Received(accepted=Decimal(102))) == "matched"


class TestPrice:
    def test_higher_than_ordered_is_a_variance(self):
        match = match_line(ORDERED, ARRIVED, bill(price="2.10"), EXACT)

        assert (match.verdict, match.money_difference) == ("price_variance", 6)
        assert str(match.reasons[0]) == "Billed at 2.1, ordered at 2.04: 0.06 more, 0 allowed."

    @pytest.mark.parametrize(
        ("tolerance", "expected"),
        [
            ({"price_percent": "2.94"}, "price_variance"),
            ({"price_percent": "2.95"}, "matched"),
            ({"price_absolute": "0.06"}, "matched"),
            ({"price_absolute": "0.059"}, "price_variance"),
            ({"amount_absolute": "6"}, "matched"),
            ({"amount_absolute": "5.99"}, "price_variance"),
        ],
    )
    def test_may_be_higher_up_to_the_tolerance(self, tolerance, expected):
        assert verdict(bill(price="2.10"), **tolerance) == expected

    def test_per_hundred_compares_with_a_price_per_piece(self):
        per_hundred = bill(price="204", amount="204", price_per=Decimal(100))

        assert verdict(per_hundred) == "matched"
        assert verdict(replace(per_hundred, price=Decimal(210), amount=Decimal(210))) == "price_variance"

    def test_hidden_in_the_amount_is_found(self):
        match = match_line(ORDERED, ARRIVED, bill(amount="210"), EXACT)

        assert match.verdict == "price_variance"
        assert str(match.reasons[0]) == "100 at 2.04 is 204.00 EUR, not 210."

    def test_rounded_another_way_is_let_pass(self):
        assert verdict(bill("3", amount="6.13")) == "matched"
        assert verdict(bill("3", amount="6.14")) == "price_variance"


class TestQuantity:
    def test_over_what_was_ordered_is_found_whatever_arrived(self):
        assert verdict(bill("101")) == "quantity_over_ordered"

    def test_counts_what_was_billed_before(self):
        match = match_line(ORDERED, ARRIVED, bill("60", already=Decimal(50)), EXACT)

        assert match.verdict == "quantity_over_ordered"
        assert str(match.reasons[0]) == "110 billed in all, 100 ordered: 10 too many."
        assert match.money_difference == Decimal("20.40")

    def test_twin_that_forgets_earlier_invoices_would_pay_twice(self):
        assert verdict(bill("60", already=Decimal(0))) == "matched"

    @pytest.mark.parametrize(
        ("received", "expected"),
        [
            (Received(Decimal(60), expected=Decimal(40)), "waiting_receipt"),
            (Received(Decimal(60), on_hold=Decimal(40)), "blocked_by_case"),
            (Received(Decimal(60), on_hold=Decimal(10), expected=Decimal(30)), "blocked_by_case"),
            (Received(Decimal(60), expected=Decimal(39)), "quantity_over_received"),
            (Received(Decimal(60), expected=Decimal(100)), "waiting_receipt"),
            (Received(Decimal(60)), "quantity_over_received"),
            (Received(Decimal(0), expected=Decimal(100)), "waiting_receipt"),
        ],
    )
    def test_not_accepted_waits_for_what_keeps_it(self, received, expected):
        assert verdict(bill(), received) == expected

    @pytest.mark.parametrize(
        ("tolerance", "expected"),
        [
            ({"quantity_percent": "2"}, "matched"),
            ({"quantity_percent": "1.99"}, "quantity_over_ordered"),
            ({"amount_absolute": "4.08"}, "matched"),
            ({"amount_absolute": "4.07"}, "quantity_over_ordered"),
        ],
    )
    def test_may_be_higher_up_to_the_tolerance(self, tolerance, expected):
        assert verdict(bill("102"), **tolerance) == expected

    def test_and_price_both_wrong_are_both_said(self):
        match = match_line(ORDERED, Received(Decimal(60)), bill("110", price="3"), EXACT)

        assert match.verdict == "quantity_over_ordered"
        assert [reason.code for reason in match.reasons] == [
            "quantity_over_ordered",
            "price_variance",
            "quantity_over_received",
        ]


class TestOtherLines:
    def test_not_on_the_order_are_at_stake_in_full(self):
        match = match_line(None, Received(), bill("3", "10"), EXACT)

        assert (match.verdict, match.money_difference) == ("not_on_order", 30)

    def test_in_another_currency_are_not_converted(self):
        match = match_line(replace(ORDERED, currency="USD"), ARRIVED, bill(), EXACT)

        assert match.verdict == "currency_differs"
        assert "nothing is converted" in str(match.reasons[0])


class TestAlways:
    @given(QUANTITIES, QUANTITIES, QUANTITIES, st.integers(1, 200), st.integers(190, 220))
    def test_pays_without_hands_exactly_what_is_accepted_unbilled_and_not_too_dear(
        self, accepted, on_hold, already, quantity, cents
    ):
        billed = bill(quantity, Decimal(cents) / 100, already=already)
        match = match_line(ORDERED, Received(accepted, on_hold), billed, EXACT)

        assert (match.verdict == "matched") == (already + quantity <= accepted and cents <= 204)

    @given(QUANTITIES, QUANTITIES, QUANTITIES, QUANTITIES, st.integers(0, 10), st.integers(0, 20))
    def test_is_never_worse_under_a_wider_tolerance(self, accepted, expected, already, quantity, narrow, wider):
        received, billed = Received(accepted, expected=expected), bill(quantity, "2.10", already=already)
        strict = Tolerance(*[Decimal(narrow)] * 4)
        wide = Tolerance(*[Decimal(narrow + wider)] * 4)

        one, other = (match_line(ORDERED, received, billed, tolerance).verdict for tolerance in (strict, wide))
        assert SEVERITY[other] <= SEVERITY[one]
