from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.quantity import Factor, Unit, parse_decimal
from foundation.values.reason import BadValue

FACTORS = st.builds(Factor, st.integers(1, 10_000), st.integers(1, 10_000))
QUANTITIES = st.decimals(-(10**8), 10**8, places=6)
PIECES = Unit("PCE", places=0)
KILOS = Unit("KGM", places=3)


class TestFactor:
    def test_is_kept_in_lowest_terms(self):
        assert Factor(24, 2) == Factor(12)
        assert Factor.of(Decimal("12.50")) == Factor(25, 2)

    @pytest.mark.parametrize("parts", [(0, 1), (1, 0), (-1, 1)])
    def test_refuses_units_worth_nothing(self, parts):
        with pytest.raises(BadValue, match="more than nothing"):
            Factor(*parts)

    @given(FACTORS, QUANTITIES)
    def test_agrees_with_its_inverse(self, factor, quantity):
        assert factor.to_base(quantity, rounding=True) == factor.inverse().from_base(quantity, rounding=True)


class TestToBase:
    def test_counts_packs(self):
        assert Factor(3).to_base(Decimal(18)) == 54
        assert Factor(12).to_base(Decimal("0.5")) == 6

    def test_refuses_what_six_decimals_cannot_hold(self):
        with pytest.raises(BadValue, match=r"about 0\.333333 and cannot be held exactly in six decimals"):
            Factor(1, 3).to_base(Decimal(1))

    def test_rounds_half_up_when_asked(self):
        assert Factor(2, 3).to_base(Decimal(1), rounding=True) == Decimal("0.666667")

    def test_refuses_what_the_database_cannot_hold(self):
        with pytest.raises(BadValue, match="too large"):
            Factor(10).to_base(Decimal(10) ** 13)

    @given(FACTORS, st.integers(-(10**6), 10**6))
    def test_comes_back_exactly_whenever_it_was_exact(self, factor, thousandths):
        quantity = Decimal(thousandths * factor.denominator) / 1000

        assert factor.from_base(factor.to_base(quantity)) == quantity

    @given(FACTORS, QUANTITIES)
    def test_rounds_by_at_most_half_a_millionth(self, factor, quantity):
        base = factor.to_base(quantity, rounding=True)
        truth = Fraction(quantity) * factor.numerator / factor.denominator

        assert abs(Fraction(base) - truth) <= Fraction(1, 2_000_000)

    @given(FACTORS, QUANTITIES)
    def test_refuses_exactly_what_rounding_would_change(self, factor, quantity):
        truth = Fraction(quantity) * factor.numerator / factor.denominator
        changed = Fraction(factor.to_base(quantity, rounding=True)) != truth

        if changed:
            with pytest.raises(BadValue):
                factor.to_base(quantity)
        else:
            assert Fraction(factor.to_base(quantity)) == truth


class TestParseDecimal:
    @pytest.mark.parametrize(
        ("text", "value"), [("12.5", "12.5"), ("-3", "-3"), ("007", "7"), ("0.000001", "0.000001")]
    )
    def test_reads_plain_digits(self, text, value):
        assert parse_decimal(text) == Decimal(value)

    def test_knows_no_minus_zero(self):
        assert str(parse_decimal("-0")) == "0"
        assert not parse_decimal("-0.00").is_signed()

    @pytest.mark.parametrize(
        "text",
        [
            "NaN",
            "Infinity",
            "1e9999",
            "1_0",
            "٣",
            "1,5",
            "",
            " 1",
            "1\n",
            "+1",
            ".5",
            "5.",
            "0x1",
            "1 000",
            "--1",
            "１",
        ],
    )
    def test_refuses_the_rest_and_says_what_to_write(self, text):
        with pytest.raises(BadValue, match=r"use digits like 12\.5"):
            parse_decimal(text)

    @pytest.mark.parametrize("text", ["1" + "0" * 15, "0.1234567", "9" * 5000])
    def test_refuses_more_digits_than_are_kept(self, text):
        with pytest.raises(BadValue, match="at most 14 digits before the point and 6 after") as refused:
            parse_decimal(text)

        assert refused.value.reason.code == "too_long"

    def test_counts_pieces_in_whole_numbers(self):
        assert parse_decimal("2.0", PIECES) == 2
        with pytest.raises(BadValue, match="PCE is counted in whole numbers; use digits like 12"):
            parse_decimal("2.5", PIECES)

    def test_says_how_fine_a_unit_may_be(self):
        assert parse_decimal("2.125", KILOS) == Decimal("2.125")
        with pytest.raises(BadValue, match="KGM takes at most 3 decimals"):
            parse_decimal("2.1255", KILOS)

    @given(st.decimals(-(10**14) + 1, 10**14 - 1, places=6))
    def test_reads_back_every_quantity_it_could_have_written(self, value):
        assert parse_decimal(f"{value:f}") == value

    @given(st.text(max_size=30))
    def test_never_fails_in_any_other_way(self, text):
        try:
            value = parse_decimal(text)
        except BadValue:
            return
        assert value.is_finite()
