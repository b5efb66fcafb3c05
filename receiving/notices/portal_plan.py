"""The truck that comes of what was typed: its lines, its pallets, what is wrong with it, what will be noticed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.values.exact import plain
from receiving.notices import checking, rules
from receiving.notices.barcodes import bare_sscc
from receiving.notices.portal_forms import MADE, OWN, Load, Lot, typed
from receiving.notices.portal_packing import MOST, Pallet, Unclear, dealt, spread
from receiving.notices.rules import Held, Packed, PackedUnit

EARLY = timedelta(days=int(checking.EARLY_DAYS.standard.value))
"""What the house says where no site says otherwise: the portal reads no parameters."""
Said = dict[str, Any]


@dataclass(frozen=True)
class Packing:
    """How it is packed, as typed; ``count`` is 0 where nobody says what stands on which."""

    count: int
    package: str
    labels: str
    prefix: str
    ssccs: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Any) -> "Packing":
        """From a form that may still be half filled in."""
        text, labels = str(data.get("packages") or "1"), data.get("labels") or ""
        count = min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 7 else 1
        count = max(count, 1) if labels in (MADE, OWN) else 0
        more = {
            name: tuple(str(data.get(f"{one}-{number}") or "").strip()[:40] for number in range(1, count + 1))
            for name, one in (("ssccs", "sscc"), ("weights", "weight"))
        }
        return cls(
            count, data.get("package") or rules.PALLET, labels, str(data.get("sscc_prefix") or "").strip(), **more
        )


@dataclass
class Plan:
    """Lines and pallets, ready to be said; ``wrong`` is (id of the field, sentence)."""

    packing: Packing
    lines: list[Said] = field(default_factory=list)
    packed: list[Packed] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    holds: dict[int, list[Said]] = field(default_factory=dict)
    pallets: list[Pallet] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def units(self) -> list[Said]:
        """As a submission says them."""
        found = []
        for pallet in self.pallets:
            said: Said = {"package": self.packing.package, "holds": self.holds[pallet.number]}
            if self.packing.labels == OWN:
                said["sscc"] = bare_sscc(pallet.sscc)
            if pallet.weight:
                said["gross_weight"] = pallet.weight
            found.append(said)
        return found

    def body(self, truck: Said) -> Said:
        """The body of a ship notice (receiving.submissions reads it)."""
        dates = {name: truck[name].isoformat() for name in ("ships_on", "arrives_on")}
        rest = {name: truck[name] for name in ("reference", "carrier", "tracking", "packages")}
        said = {**rest, **dates, "lines": self.lines}
        if self.pallets:
            said["units"] = self.units()
        if self.packing.labels == MADE:
            said |= {"number_units": True, "sscc_prefix": self.packing.prefix}
        return said

    def warnings(self, arrives_on: date | None) -> list[str]:
        """What the buyer will be told; it may be sent all the same."""
        said = [(n, load.line, line.quantity) for n, (load, line) in enumerate(self._both(), start=1)]
        papers = frozenset(n for n, line in enumerate(self.packed, start=1) if line.certificate)
        found = checking.flags(said, arrives_on=arrives_on or date.min, early=EARLY, papers=papers)
        known = [flag for flag in found if arrives_on or flag["code"] not in checking.OF_THE_DAY]
        return checking.sentences(known)

    def _both(self) -> list[tuple[Load, Packed]]:
        return list(zip(self.loads, self.packed, strict=True))


def plan(loads: list[Load], packing: Packing, *, has_prefix: bool) -> Plan:
    """Nothing is refused here that the law (``rules``) would take, and what it would not is said before it is sent."""
    made = Plan(packing)
    numbers = range(1, packing.count + 1)
    made.holds = {number: [] for number in numbers}
    made.pallets = [Pallet(n, packing.ssccs[n - 1], packing.weights[n - 1]) for n in numbers]
    for load in loads:
        for index, lot in enumerate(load.lots):
            if not lot.is_left_out and not load.errors:
                _take(made, load, lot, index)
    made.wrong += [(place, f"{load.key}: {said}") for load in loads for place, said in load.errors]
    if not made.wrong and made.packed:
        made.wrong += _labels(made, has_prefix) + _law(made)
    return made


def _take(made: Plan, load: Load, lot: Lot, index: int) -> None:
    quantity = Decimal(lot.quantity)
    said = {"line": str(load.line.number), "quantity": lot.quantity}
    if "/" in load.key:
        said["order"] = load.line.order.number
    said |= {name: value for name in ("lot", "expires_on", "certificate") if (value := getattr(lot, name))}
    if lot.serials:
        said["serials"] = lot.serial_numbers
    made.lines.append(said)
    made.loads.append(load)
    made.packed.append(
        Packed(
            load.line.pk,
            load.factor.to_base(quantity),
            lot.lot,
            date.fromisoformat(lot.expires_on) if lot.expires_on else None,
            tuple(lot.serial_numbers),
            lot.certificate,
            load.key,
        )
    )
    if made.packing.count:
        _stand(made, load, lot, index, quantity)


def _stand(made: Plan, load: Load, lot: Lot, index: int, quantity: Decimal) -> None:
    try:
        shares = spread(lot.on, quantity, made.packing.count, is_whole=load.line.unit.is_whole)
    except Unclear as unclear:
        load.errors.append((f"on-{load.key}-{index}", str(unclear)))
        return
    serials = dealt(lot.serial_numbers, {unit: load.factor.to_base(share) for unit, share in shares.items()})
    for unit, share in shares.items():
        held: Said = {"line": len(made.lines), "quantity": typed(share)}
        made.holds[unit].append(held | ({"serials": serials[unit]} if serials[unit] else {}))
        what = " ".join(filter(None, (load.key, load.line.description, lot.lot)))
        made.pallets[unit - 1].holds.append((what, f"{plain(share)} {load.line.unit.code}"))


def _labels(made: Plan, has_prefix: bool) -> list[tuple[str, str]]:
    wrong = []
    for pallet in made.pallets:
        told = {"pallet": pallet.number}
        if not pallet.holds:
            wrong.append(("pallets", _("Nothing stands on pallet %(pallet)s: say what, or take fewer.") % told))
        if made.packing.labels == OWN and not pallet.sscc:
            wrong.append((f"sscc-{pallet.number}", _("Pallet %(pallet)s: type or scan the SSCC of its label.") % told))
    if made.packing.labels == MADE and not has_prefix and not made.packing.prefix:
        sentence = _("The buyer has no GS1 prefix to number your pallets with: give yours, or type your SSCCs.")
        wrong.append(("id_sscc_prefix", sentence))
    return wrong


def _law(made: Plan) -> list[tuple[str, str]]:
    """What the same rules will say to the submission."""
    units, wrong = [], []
    for pallet in made.pallets:
        holds = tuple(
            Held(
                held["line"],
                made.loads[held["line"] - 1].factor.to_base(Decimal(held["quantity"])),
                tuple(held.get("serials", ())),
            )
            for held in made.holds[pallet.number]
        )
        sscc = bare_sscc(pallet.sscc) if made.packing.labels == OWN else ""
        weight = _weight(pallet.weight)
        if pallet.weight and weight is None:
            wrong.append((f"weight-{pallet.number}", _("Write a weight in kg such as 412.5.")))
        units.append(PackedUnit(pallet.number, holds, sscc, made.packing.package, gross_weight=weight))
    wants = [checking.wants_of(load.line) for load in made.loads]
    said = rules.objections(made.packed, units) + rules.missing(made.packed, units, wants)
    return wrong + [("lines", sentence) for sentence in said]


def _weight(text: str) -> Decimal | None:
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= 12:
        return Decimal(text)
    return None
