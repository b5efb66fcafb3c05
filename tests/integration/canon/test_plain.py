from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from integration.canon.plain import digest, digits, plain


class TestPlain:
    def test_writes_an_instant_in_utc_so_that_the_server_s_zone_does_not_matter(self):
        in_amsterdam = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=2)))

        assert plain(in_amsterdam) == "2026-07-01T07:00:00+00:00"

    def test_writes_a_day_as_a_day(self):
        assert plain(date(2026, 7, 1)) == "2026-07-01"

    def test_goes_into_lines(self):
        assert plain((Decimal("1.50"), "text", True)) == ["1.5", "text", True]


class TestDigits:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("12.500000", "12.5"),
            ("100", "100"),
            ("1E+3", "1000"),
            ("0.000000", "0"),
            ("-0.00", "0"),
            ("-0.050", "-0.05"),
        ],
    )
    def test_writes_a_number_in_one_way_only(self, value, text):
        assert digits(Decimal(value)) == text


class TestDigest:
    def test_does_not_depend_on_the_order_of_fields(self):
        assert digest({"a": "1", "b": "é"}) == digest({"b": "é", "a": "1"})

    def test_depends_on_every_value(self):
        assert digest({"a": "1"}) != digest({"a": "2"})
