from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.money import Money, Rate, line_amount, minor_unit, total
from foundation.values.reason import BadValue

AMOUNTS = st.decimals(-(10**14), 10**14, places=6)
CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", "CLF"])


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def rate(source="USD", target="EUR", factor="0.9") -> Rate:
    return Rate(source, target, Decimal(factor), date(2026, 3, 3), "ECB")


class TestMoney:
    @pytest.mark.parametrize("code", ["eur", "EURO", "", "E1R", "ÄÖÜ"])
    def test_refuses_what_is_no_currency_code(self, code):
        with pytest.raises(BadValue, match="three capital letters such as EUR"):
            Money(Decimal(1), code)

    @pytest.mark.parametrize("amount", ["NaN", "Infinity"])
    def test_refuses_what_is_no_number(self, amount):
        with pytest.raises(BadValue, match=r"digits like 12\.50"):
            eur(amount)

    def test_reads_with_its_minor_unit(self):
        assert str(eur("1200")) == "1,200.00 EUR"
        assert str(Money(Decimal("1200"), "JPY")) == "1,200 JPY"
        assert str(eur("0.125")) == "0.125 EUR"


class TestArithmetic:
    @pytest.mark.parametrize("operator", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"])
    def test_stays_within_a_currency(self, operator):
        with pytest.raises(BadValue, match="EUR and USD are different currencies; convert one of them first"):
            getattr(eur("1"), operator)(Money(Decimal(1), "USD"))

    @given(AMOUNTS, AMOUNTS)
    def test_gives_back_what_was_added(self, one, other):
        assert Money(one, "EUR") + Money(other, "EUR") - Money(other, "EUR") == Money(one, "EUR")

    @given(AMOUNTS)
    def test_negates_to_nothing(self, amount):
        money = Money(amount, "EUR")

        assert money + -money == Money.zero("EUR")
        assert abs(-money) == abs(money)

    def test_compares(self):
        assert eur("1") < eur("2") <= eur("2.00")
        assert eur("2") > eur("1")
        assert eur("1") >= eur("1")
        assert not eur("1") < eur("1")
        assert not eur("1") > eur("1")

    def test_multiplies_by_numbers_only(self):
        assert eur("1.005") * 3 == eur("3.015")

    def test_totals_nothing_to_zero_of_the_currency(self):
        assert total([], "EUR") == Money.zero("EUR")
        assert total([eur("1"), eur("2.5")], "EUR") == eur("3.5")


class TestRounded:
    @pytest.mark.parametrize(
        ("amount", "currency", "rounded"),
        [("1.005", "EUR", "1.01"), ("-1.005", "EUR", "-1.01"), ("1.5", "JPY", "2"), ("1.0005", "KWD", "1.001")],
    )
    def test_goes_half_up_to_the_minor_unit(self, amount, currency, rounded):
        assert Money(Decimal(amount), currency).rounded() == Money(Decimal(rounded), currency)

    @given(AMOUNTS, CURRENCIES)
    def test_changes_nothing_the_second_time(self, amount, currency):
        once = Money(amount, currency).rounded()

        assert once.rounded() == once

    def test_knows_the_exceptions_to_two_decimals(self):
        assert [minor_unit(code) for code in ("EUR", "JPY", "KWD", "CLF")] == [2, 0, 3, 4]


class TestConvert:
    def test_is_exact_until_rounded(self):
        assert Money(Decimal("10.05"), "USD").convert(rate(factor="0.912345")) == eur("9.16906725")

    def test_refuses_a_rate_from_another_currency(self):
        with pytest.raises(BadValue, match="A rate from GBP to EUR cannot convert USD"):
            Money(Decimal(1), "USD").convert(rate(source="GBP"))

    @pytest.mark.parametrize("factor", ["0", "-1", "NaN"])
    def test_refuses_a_rate_that_is_not_above_zero(self, factor):
        with pytest.raises(BadValue, match="above zero"):
            rate(factor=factor)

    def test_refuses_a_rate_to_itself_that_is_not_one(self):
        with pytest.raises(BadValue, match="must be 1"):
            rate(source="EUR")


class TestLineAmount:
    def test_rounds_once(self):
        assert line_amount(Decimal(3), Decimal("0.335"), "EUR") == eur("1.01")

    def test_twin_rounding_the_price_first_gives_another_amount(self):
        price = Money(Decimal("0.335"), "EUR").rounded()

        assert (price * 3).rounded() != line_amount(Decimal(3), Decimal("0.335"), "EUR")

    def test_takes_prices_per_hundred(self):
        assert line_amount(Decimal(250), Decimal("12.34"), "EUR", price_per=100) == eur("30.85")

    @pytest.mark.parametrize("per", [0, -1])
    def test_refuses_prices_per_nothing(self, per):
        with pytest.raises(BadValue, match="one or more units"):
            line_amount(Decimal(1), Decimal(1), "EUR", price_per=per)

    @given(
        st.decimals(-(10**14), 10**14, places=6),
        st.decimals(0, 10**14, places=6),
        CURRENCIES,
        st.sampled_from([1, 3, 7, 100, 1000]),
    )
    def test_is_within_half_a_minor_unit_of_the_truth(self, quantity, price, currency, per):
        amount = line_amount(quantity, price, currency, price_per=per).amount
        truth = Fraction(quantity) * Fraction(price) / per

        assert abs(Fraction(amount) - truth) <= Fraction(1, 2 * 10 ** minor_unit(currency))
