from decimal import Decimal, Inexact
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.exact import half_up, leeway, percent_of, plain, product

NUMBERS = st.decimals(-(10**14), 10**14, places=6)


class TestProduct:
    @given(NUMBERS, NUMBERS)
    def test_loses_no_digit(self, one, other):
        assert Fraction(product(one, other)) == Fraction(one) * Fraction(other)

    def test_would_rather_fail_than_round(self):
        with pytest.raises(Inexact):
            product(*[Decimal("1.000001")] * 20)

    def test_twin_plain_multiplication_does_lose_digits(self):
        big = Decimal("99999999999999.999999")

        assert Fraction(big * big) != Fraction(big) ** 2 == Fraction(product(big, big))


class TestPercentOf:
    def test_is_exact(self):
        assert percent_of(Decimal("33.33"), Decimal("2.5")) == Decimal("0.83325")


class TestLeeway:
    def test_is_the_larger_of_share_and_amount(self):
        assert leeway(Decimal(200), percent=Decimal(2), absolute=Decimal(1)) == 4
        assert leeway(Decimal(-20), percent=Decimal(2), absolute=Decimal(1)) == 1


class TestHalfUp:
    @pytest.mark.parametrize(
        ("value", "rounded"), [("2.5", "3"), ("-2.5", "-3"), ("2.4999", "2"), ("-0.4", "0"), ("3.5", "4")]
    )
    def test_takes_a_half_away_from_zero(self, value, rounded):
        assert str(half_up(Decimal(value), 0)) == rounded

    @given(NUMBERS, st.integers(0, 6))
    def test_agrees_for_fractions_and_decimals(self, value, places):
        assert half_up(Fraction(value), places) == half_up(value, places)

    @given(st.fractions(), st.integers(0, 6))
    def test_is_never_further_off_than_half_a_step(self, value, places):
        assert abs(Fraction(half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)

    def test_keeps_thirty_digits(self):
        assert half_up(Decimal("9999999999999999999999999999.994"), 2) == Decimal("9999999999999999999999999999.99")


class TestPlain:
    @pytest.mark.parametrize(
        ("value", "text"),
        [("1200.500000", "1,200.5"), ("1E+3", "1,000"), ("-0", "0"), ("0.000001", "0.000001"), ("-7.10", "-7.1")],
    )
    def test_writes_what_people_read(self, value, text):
        assert plain(Decimal(value)) == text

    def test_fills_up_to_the_places_asked_for(self):
        assert plain(Decimal("12.5"), 2) == "12.50"
        assert plain(Decimal("12.505"), 2) == "12.505"
