"""GS1 logistic labels: an SSCC on every unit, and what is in it where that is one thing; as PDF and as ZPL.

Sizes and widths are the GS1 General Specifications' (5.12.3, symbol specification table 5): bars of a logistic label
are 0.495 to 0.940 mm wide per module and 32 mm high, with ten modules of white on both sides. What cannot be that wide
on the paper is printed as text only.
"""

import json
import string
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from barcode.codex import Gs1_128
from django.utils.translation import gettext as _

from foundation.values.days import day_text
from foundation.values.exact import plain
from receiving.notices import loads
from receiving.notices.barcodes import FIXED, GTIN, is_checked
from receiving.notices.loads import Load
from receiving.notices.models import ShipNotice

TEMPLATE = Path(__file__).with_name("label.typ")
NARROWEST, WIDEST, QUIET = 0.495, 0.940, 10
FNC1 = Gs1_128.FNC1_CHAR
MOST_ROWS = {"a6": 16, "a5": 24, "a4": 16}
"""Beside one symbol: a unit with more symbols holds one thing."""
MOST_SYMBOLS = {"a6": 3, "a5": 4, "a4": 3}
BARS_WIDTH = {"a6": 99.0, "a5": 138.0, "a4": 99.0}
"""Millimeters between the margins."""
SIZES = {"a6": "A6", "a5": "A5", "a4": "A4"}

SIGNS = frozenset(string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_")
"""What a value of letters may hold (GS1 AI encodable character set 82)."""

Element = tuple[str, str]
"""(application identifier, value)."""


@dataclass(frozen=True)
class Label:
    """What is printed for one unit."""

    load: Load
    place: int
    count: int
    notice: ShipNotice
    sender: str

    @property
    def symbols(self) -> list[list[Element]]:
        """The bar codes, the SSCC first. A symbol that may be too wide is followed by its parts."""
        return ([[("00", self.load.unit.sscc)]] if self.load.unit.sscc else []) + content_of(self.load)


def content_of(load: Load) -> list[list[Element]]:
    """Item, count, best before and lot, if the unit holds one thing of one lot; a mixed unit has its SSCC only."""
    if len(held := loads.summed(load.every)) != 1:
        return []
    content, quantity = held[0]
    item, line = content.line.order_line.item, content.line
    found: list[list[Element]] = []
    if item and GTIN.fullmatch(item.gtin) and is_checked(item.gtin) and not quantity % 1 and quantity < 10**8:
        found.append([("02", item.gtin.zfill(14)), ("37", plain(quantity).replace(",", ""))])
        rest = [("15", f"{line.expires_on:%y%m%d}")] if line.expires_on else []
        rest += [("10", line.lot)] if fits_lot(line.lot) else []
        found += [rest] if rest else []
    return found


def fits_lot(lot: str) -> bool:
    """Whether AI 10 can say it."""
    return 1 <= len(lot) <= 20 and set(lot) <= SIGNS


def data_of(elements: Sequence[Element]) -> str:
    """The element string: FNC1 after whatever has no fixed length and is not the last."""
    last = len(elements) - 1
    return "".join(
        ai + value + (FNC1 if place < last and ai not in FIXED else "") for place, (ai, value) in enumerate(elements)
    )


def words_of(elements: Sequence[Element]) -> str:
    """As it stands below the bars, for who must type it."""
    return " ".join(f"({ai}) {value}" for ai, value in elements)


def pdf(notice: ShipNotice, sender: str, *, size: str = "a6") -> bytes:
    """One label a unit; ``a4`` puts four on a sheet."""
    labels = labels_of(notice, sender)
    said = {"size": size, "labels": [_told(label, size) for label in labels]}
    stamp = int(notice.announced_at.timestamp())
    return typst.compile(
        str(TEMPLATE), format="pdf", sys_inputs={"labels": json.dumps(said, ensure_ascii=False)}, timestamp=stamp
    )


def labels_of(notice: ShipNotice, sender: str) -> list[Label]:
    found = loads.loads_of(notice)
    return [Label(load, place, len(found), notice, sender) for place, load in enumerate(found, start=1)]


def _told(label: Label, size: str) -> dict[str, Any]:
    load, notice = label.load, label.notice
    rows = [_row(content, quantity) for content, quantity in loads.summed(load.every)]
    most = MOST_ROWS[size]
    left = len(rows) - most + 1
    if len(rows) > most:
        rows = [*rows[: most - 1], [_("and %(count)s more") % {"count": left}, "", ""]]
    return {
        "from_word": _("From"),
        "from": label.sender,
        "to_word": _("To"),
        "to": [notice.site.name, notice.site.address, f"{notice.site.city} {notice.site.country}".strip()],
        "facts": [
            [_("Delivery note"), notice.reference],
            [_("Our number"), notice.number],
            [load.kind, _("%(n)s of %(count)s") % {"n": label.place, "count": label.count}],
            [_("Gross weight"), f"{plain(load.unit.gross_weight)} kg" if load.unit.gross_weight else "–"],
        ],
        "rows": rows,
        "symbols": _bars(label.symbols, size),
        "sscc_word": _("SSCC"),
        "sscc": load.sscc or _("no SSCC"),
    }


def _row(content: Any, quantity: Decimal) -> list[str]:
    ordered, line = content.line.order_line, content.line
    sku, unit = (ordered.item.sku, ordered.item.base_unit.code) if ordered.item else ("", "")
    lot = [line.lot, day_text(line.expires_on) if line.expires_on else ""]
    return [
        f"{ordered.supplier_sku or sku} {ordered.description}".strip(),
        " ".join(filter(None, lot)),
        f"{plain(quantity)} {unit}".strip(),
    ]


def _bars(symbols: list[list[Element]], size: str) -> list[dict[str, Any]]:
    """Those that fit, each with its runs of black in modules; too wide ones in parts."""
    found: list[dict[str, Any]] = []
    waiting = symbols[::-1]
    while waiting and len(found) < MOST_SYMBOLS[size]:
        elements = waiting.pop()
        modules = modules_of(elements)
        width = min(BARS_WIDTH[size] / (len(modules) + 2 * QUIET), WIDEST)
        if width >= NARROWEST:
            found.append({"runs": runs_of(modules), "x": width, "words": words_of(elements), "width": len(modules)})
        elif len(elements) > 1:
            waiting += [[element] for element in reversed(elements)]
    return found


def modules_of(elements: Sequence[Element]) -> str:
    """``11010...``: one sign a module, 1 is black."""
    return str(Gs1_128(data_of(elements)).build()[0])


def runs_of(modules: str) -> list[list[int]]:
    """[where black begins, how wide it is], in modules."""
    found: list[list[int]] = []
    for place, sign in enumerate(modules):
        if sign == "1" and place and modules[place - 1] == "1":
            found[-1][1] += 1
        elif sign == "1":
            found.append([place, 1])
    return found
