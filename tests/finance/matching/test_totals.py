from dataclasses import replace
from decimal import Decimal

from finance.matching.rules import Billed, Ordered, Received, Tolerance
from finance.matching.totals import (
    Charge,
    Invoice,
    InvoiceLine,
    Tax,
    match_invoice,
)

KNOWN = {
    1: (Ordered(Decimal(100), Decimal(2), "EUR"), Received(Decimal(100))),
    2: (Ordered(Decimal(10), Decimal(5), "EUR"), Received(Decimal(4), expected=Decimal(6))),
}


def line(number: int, order_line: int | None, quantity: int, price: int, tax_percent: int = 21) -> InvoiceLine:
    billed = Billed(Decimal(quantity), Decimal(price), Decimal(quantity * price), "EUR")
    return InvoiceLine(number, order_line, billed, Decimal(tax_percent))


FULL = Invoice(
    currency="EUR",
    lines=(line(1, 1, 100, 2), line(2, 2, 4, 5)),
    charges=(Charge("Freight", Decimal(15), Decimal(21), agreed=Decimal(15)),),
    taxes=(Tax(Decimal(21), Decimal(235), Decimal("49.35")),),
    total=Decimal("284.35"),
)


def judged(invoice: Invoice, **tolerance: str):
    return match_invoice(invoice, KNOWN, Tolerance(**{name: Decimal(value) for name, value in tolerance.items()}))


def codes(invoice: Invoice, **tolerance: str) -> list[str]:
    return [reason.code for reason in judged(invoice, **tolerance).reasons]


class TestMatchInvoice:
    def test_lets_pass_what_adds_up_line_by_line(self):
        match = judged(FULL)

        assert (match.outcome, match.reasons, match.money_difference) == ("matched", (), 0)
        assert {number: matched.verdict for number, matched in match.lines.items()} == {1: "matched", 2: "matched"}

    def test_is_as_good_as_its_worst_line(self):
        waiting = replace(FULL, lines=(line(1, 1, 100, 2), line(2, 2, 10, 5)))
        wrong = replace(FULL, lines=(line(1, 1, 100, 3), line(2, 2, 10, 5)))

        assert judged(waiting).worst == "waiting_receipt"
        assert judged(wrong).worst == "price_variance"

    def test_waits_only_if_it_adds_up(self):
        waiting = Invoice("EUR", (line(2, 2, 10, 5, tax_percent=0),), total=Decimal(50))

        assert judged(waiting).outcome == "waiting_receipt"
        assert judged(replace(waiting, total=Decimal(51))).outcome == "variance"

    def test_counts_lines_that_bill_the_same_order_line_together(self):
        doubled = Invoice("EUR", (line(1, 1, 60, 2, 0), line(2, 1, 60, 2, 0)), total=Decimal(240))
        match = judged(doubled)

        assert [match.lines[number].verdict for number in (1, 2)] == ["matched", "quantity_over_ordered"]
        assert match.money_difference == 40

    def test_does_not_know_lines_without_an_order(self):
        stray = Invoice("EUR", (line(1, None, 1, 9, 0), line(2, 77, 1, 9, 0)), total=Decimal(18))

        assert {matched.verdict for matched in judged(stray).lines.values()} == {"not_on_order"}


class TestTotal:
    def test_must_be_lines_charges_and_tax(self):
        assert codes(replace(FULL, total=Decimal("284.36"))) == ["total_differs"]
        assert codes(replace(FULL, total=Decimal("284.36")), amount_absolute="0.01") == []


class TestTaxes:
    def test_are_computed_again_for_each_rate(self):
        wrong = replace(FULL, taxes=(Tax(Decimal(21), Decimal(235), Decimal("50.35")),), total=Decimal("285.35"))

        assert [str(reason) for reason in judged(wrong).reasons] == ["21 % of 235 is 49.35, not 50.35."]

    def test_may_differ_by_a_cent_of_rounding(self):
        cent = replace(FULL, taxes=(Tax(Decimal(21), Decimal(235), Decimal("49.36")),), total=Decimal("284.36"))

        assert codes(cent) == []

    def test_must_apply_to_what_the_lines_say(self):
        less = replace(FULL, taxes=(Tax(Decimal(21), Decimal(200), Decimal("49.35")),))

        assert codes(less) == ["taxable_differs"]

    def test_that_are_missing_are_missed(self):
        untaxed = replace(FULL, taxes=(), total=Decimal(235))

        assert codes(untaxed) == ["tax_differs"]

    def test_for_a_rate_no_line_has_are_noticed(self):
        strange = replace(FULL, taxes=(*FULL.taxes, Tax(Decimal(9), Decimal(100), Decimal(9))), total=Decimal("293.35"))

        assert codes(strange) == ["taxable_differs", "tax_differs"]


class TestCharges:
    def test_must_be_agreed(self):
        surprise = replace(FULL, charges=(replace(FULL.charges[0], agreed=None),))

        assert [str(reason) for reason in judged(surprise).reasons] == ["Freight 15 was not agreed."]
        assert codes(surprise, amount_absolute="15") == []

    def test_may_not_be_more_than_agreed(self):
        dear = replace(FULL, charges=(replace(FULL.charges[0], agreed=Decimal(12)),))

        assert codes(dear) == ["charge_over_agreed"]

    def test_may_be_rebates(self):
        rebate = Invoice("EUR", (line(1, 1, 100, 2, 0),), Decimal(190), charges=(Charge("Rebate", Decimal(-10)),))

        assert judged(rebate).outcome == "matched"
