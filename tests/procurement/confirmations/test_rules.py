"""The code of an answered line is the glossary's, by what differs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from foundation.values.quantity import Factor
from procurement.confirmations import glossary
from procurement.confirmations.rules import Answered, Asked, Schedule, Tolerance, code, judge

ASKED = Asked(quantity=Decimal(10), price=Decimal("9.25"), need_by=date(2026, 3, 20), unit="EA", factor=Factor(1))
TEN_IN_A_BOX = replace(ASKED, quantity=Decimal(480), price=Decimal("1.696"), unit="BX", factor=Factor(10))
SAME, LESS = Schedule(Decimal(10), date(2026, 3, 20)), Schedule(Decimal(8), date(2026, 3, 20))
LATER = Schedule(Decimal(2), date(2026, 4, 10))


@pytest.mark.parametrize(
    ("answered", "word"),
    [
        (Answered(), glossary.ACCEPTED),
        (Answered(schedule=(SAME,), price=Decimal("9.25")), glossary.ACCEPTED),
        (Answered(schedule=(LESS,)), glossary.QUANTITY_CHANGED),
        (Answered(schedule=(Schedule(Decimal(10), date(2026, 3, 25)),)), glossary.DATE_CHANGED),
        (Answered(price=Decimal(10)), glossary.PRICE_CHANGED),
        (Answered(schedule=(LESS,), price=Decimal(10)), glossary.CHANGED),
        (Answered(schedule=(LESS, LATER)), glossary.PARTLY_BACKORDERED),
        (Answered(schedule=(LESS, LATER), substitute="F-2002"), glossary.SUBSTITUTED),
        (Answered(is_rejected=True), glossary.REJECTED),
    ],
)
def test_a_line_has_the_code_of_what_differs(answered, word):
    assert code(answered, judge(ASKED, answered, Tolerance())) == word
    assert word in glossary.WRITTEN[glossary.X12_668]


def test_a_difference_is_told_in_the_unit_of_the_order():
    answered = Answered(schedule=(Schedule(Decimal(400), date(2026, 3, 20)),), price=Decimal("9.9"))

    quantity, price = judge(TEN_IN_A_BOX, answered, Tolerance())

    assert quantity.sentence == "40 instead of 48 BX."
    assert price.sentence == "The price is 99 instead of 16.96 for 1 BX."
    assert (quantity.after, price.after) == ("400", "9.9"), "what is proposed stays in base units"
