"""What stands on each unit of a notice, as screens and labels show it. Columns are named: the portal has no others."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from receiving.notices.lifecycle import MilestoneKind
from receiving.notices.models import HandlingUnit, Milestone, ShipNotice, UnitContent
from receiving.notices.rules import CARTON, PALLET
from receiving.notices.ssccs import grouped

BECAUSE = "of a notice in hand"
LINE = "line__order_line__"
SHOWN = (
    *("unit_id", "line_id", "quantity", "serials", "line__number", "line__lot", "line__expires_on"),
    *(f"{LINE}{name}" for name in ("number", "description", "supplier_sku", "order__number")),
    *(f"{LINE}item__{name}" for name in ("sku", "gtin", "base_unit__code")),
)


@dataclass
class Load:
    """One unit with what stands on it itself, and with what stands in it."""

    unit: HandlingUnit
    depth: int = 0
    contents: list[UnitContent] = field(default_factory=list)
    inner: list["Load"] = field(default_factory=list)

    @property
    def every(self) -> list[UnitContent]:
        """Also what stands on the units inside, part by part."""
        return [*self.contents, *(content for load in self.inner for content in load.every)]

    @property
    def sscc(self) -> str:
        return grouped(self.unit.sscc) if self.unit.sscc else ""

    @property
    def kind(self) -> str:
        return {PALLET: _("Pallet"), CARTON: _("Carton")}.get(self.unit.package, _("Package"))


def loads_of(notice: ShipNotice) -> list[Load]:
    """Every unit, those inside right after the one around them. Two queries."""
    loads = {unit.pk: Load(unit) for unit in notice.units.order_by("number")}
    rows = UnitContent.objects.everywhere(because=BECAUSE).filter(unit__notice=notice)
    related = ("line__order_line__order", "line__order_line__item__base_unit")
    for content in rows.select_related(*related).only(*SHOWN).order_by("line__number"):
        loads[content.unit_id].contents.append(content)
    for load in loads.values():
        if load.unit.around_id:
            loads[load.unit.around_id].inner.append(load)
    found: list[Load] = []
    waiting = [load for load in reversed(loads.values()) if not load.unit.around_id]
    while waiting:
        found.append(load := waiting.pop())
        for inner in reversed(load.inner):
            inner.depth = load.depth + 1
            waiting.append(inner)
    return found


@dataclass(frozen=True)
class Passed:
    """One step on a truck's way; ``milestone`` is None while nobody said that it was passed."""

    kind: MilestoneKind
    milestone: Milestone | None


def way_of(notice: ShipNotice) -> list[Passed]:
    """Ready, picked up, departed, arrived. One query."""
    said = {row.kind: row for row in notice.milestones.all()}
    return [Passed(kind, said.get(kind)) for kind in MilestoneKind]


def summed(contents: list[UnitContent]) -> list[tuple[UnitContent, Decimal]]:
    """The same line on several units inside is one."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    first: dict[int, UnitContent] = {}
    for content in contents:
        sums[content.line_id] += content.quantity
        first.setdefault(content.line_id, content)
    return [(first[line], quantity) for line, quantity in sums.items()]
