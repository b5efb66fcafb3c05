"""Compare what was counted with what was expected. What stands on the floor is recorded: nobody lies about a count."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.values.exact import percent_of, plain

NONE = Decimal(0)


@dataclass(frozen=True)
class Discrepancy:
    """One difference: its kind (a kind of case), how much, and the sentence for people."""

    kind: str
    quantity: Decimal
    sentence: str

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind, "quantity": str(self.quantity), "sentence": self.sentence}


@dataclass(frozen=True)
class Verdict:
    """``held`` is the part of the accepted goods beyond tolerance."""

    held: Decimal
    discrepancies: tuple[Discrepancy, ...]


def compare(
    *,
    open_: Decimal,
    expected: Decimal,
    accepted: Decimal,
    damaged: Decimal,
    refused: Decimal,
    ordered: bool,
    over_percent: Decimal,
    under_percent: Decimal,
) -> Verdict:
    """Judge one line. ``open_`` is what the order still misses, ``expected`` what was to be on this delivery.

    Over is measured against the order, short against the delivery; both in base units.
    """
    if not ordered:
        sentence = _("%(quantity)s arrived that nobody ordered.") % {"quantity": plain(accepted + damaged)}
        return Verdict(NONE, (Discrepancy("receipt_unordered", accepted + damaged, sentence),))
    allowed = open_ + percent_of(open_, over_percent)
    over = max(accepted + damaged - allowed, NONE)
    held = min(over, accepted)
    return Verdict(held, tuple(_differences(held, expected, accepted, damaged, refused, under_percent)))


def _differences(
    held: Decimal, expected: Decimal, accepted: Decimal, damaged: Decimal, refused: Decimal, under_percent: Decimal
) -> Iterator[Discrepancy]:
    short = expected - accepted - damaged - refused
    if short > percent_of(expected, under_percent):
        said = {"short": plain(short), "expected": plain(expected)}
        yield Discrepancy("receipt_short", short, _("%(short)s of %(expected)s did not come.") % said)
    if held:
        yield Discrepancy("receipt_over", held, _("%(held)s more than ordered came.") % {"held": plain(held)})
    if damaged:
        yield Discrepancy("receipt_damaged", damaged, _("%(damaged)s came damaged.") % {"damaged": plain(damaged)})
    if refused:
        yield Discrepancy("receipt_refused", refused, _("%(refused)s was sent away.") % {"refused": plain(refused)})
