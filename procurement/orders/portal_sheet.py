"""Answers as a spreadsheet: the lines that wait are taken away, typed over, and brought back.

A row names its line and the revision it was written from. What the buyer changed meanwhile is set aside and named,
never answered unseen; several rows of one line are its deliveries; a line whose row is missing is left for later.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.files.tables import Cell, Formula, Unreadable, clean, read
from foundation.screens.lists import exports
from organization.sites.queries import today
from procurement.orders import portal_answers
from procurement.orders import portal_queries as queries
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.orders.portal_answers import CANNOT, LATER, TYPED, Grid, LineAnswer, sent_label

Lines = list[PurchaseOrderLine]
HEADINGS = {
    "order": gettext_lazy("Order"),
    "line": gettext_lazy("Line"),
    "part": gettext_lazy("Your part"),
    "ours": gettext_lazy("Our part"),
    "description": gettext_lazy("Description"),
    "unit": gettext_lazy("Unit"),
    "ordered": gettext_lazy("Ordered"),
    "asked": gettext_lazy("Price"),
    "currency": gettext_lazy("Currency"),
    "wanted": gettext_lazy("Wanted"),
    "quantity": gettext_lazy("Your quantity"),
    "on": gettext_lazy("Your date"),
    "price": gettext_lazy("Your price"),
    "answer": gettext_lazy("Your answer"),
    "substitute": gettext_lazy("Another part"),
    "reason": gettext_lazy("Reason"),
    "row": gettext_lazy("Row (leave as it is)"),
}
TYPED_OVER = ("quantity", "on", "price", "answer", "substitute", "reason")
NEEDED = ("row", "quantity", "on", "price")
WORDS = {CANNOT: gettext_lazy("cannot supply"), LATER: gettext_lazy("later")}
"""What may stand as the answer of a line; nothing there means as typed."""
TO_PUT_RIGHT = gettext_lazy("To put right")


@dataclass
class Row:
    """One row of the file: what it says column by column, and why it is set aside."""

    number: int
    said: dict[str, str]
    why: str = ""
    key: tuple[UUID, int, int] | None = None
    """Order, revision, line; None sets it aside."""

    @classmethod
    def of(cls, number: int, said: dict[str, str], why: str = "") -> "Row":
        public_id, _colon, rest = said.get("row", "").partition(":")
        revision, _colon, line = rest.partition(":")
        try:
            return cls(number, said, why, (UUID(public_id), _count(revision), _count(line)))
        except ValueError:
            changed = _("The last column was changed. Download the lines again and copy it from there.")
            return cls(number, said, why or changed)


@dataclass
class Sheet:
    """What a file says: the orders it answers, and the rows that are set aside."""

    rows: list[Row]
    grids: list[Grid] = field(default_factory=list)

    @property
    def set_aside(self) -> list[Row]:
        return [row for row in self.rows if row.why]

    @property
    def tally(self) -> dict[str, int]:
        tallies = [grid.tally for grid in self.grids]
        return {kind: sum(one[kind] for one in tallies) for kind in ("confirmed", "changed", "refused")}

    @property
    def answered(self) -> list[tuple[PurchaseOrder, LineAnswer]]:
        """Each line that says something else than what was ordered; first what the buyer must agree to."""
        said = [(grid.order, one) for grid in self.grids for one in grid.lines if one.choice != LATER and one.found]
        return sorted(said, key=lambda pair: not pair[1].must_agree)

    @property
    def bodies(self) -> Iterator[tuple[PurchaseOrder, dict[str, Any]]]:
        """What is sent: one body an order."""
        return ((grid.order, grid.body()) for grid in self.grids)

    @property
    def send_label(self) -> str:
        """``Send the answers: confirm 480, change 15``."""
        n = len(self.grids)
        what = ngettext("Send the answer to %(n)d order", "Send the answers to %(n)d orders", n) % {"n": n}
        return sent_label(what, self.tally)

    @property
    def sound(self) -> str:
        """The rows that can be sent, for the page's form."""
        return json.dumps([[row.number, row.said] for row in self.rows if not row.why])

    @property
    def unsound(self) -> str:
        return json.dumps([[row.number, {**row.said, "why": row.why}] for row in self.set_aside])


def written(orders: Iterable[tuple[PurchaseOrder, Lines]], kind: str) -> bytes:
    """Every line that can be answered, with what was promised last or is wanted where the supplier types."""
    rows = (_row(order, one) for order, lines in orders for one in portal_answers.fresh(order, lines).lines)
    return _file([str(label) for label in HEADINGS.values()], rows, kind)


def to_put_right(rows: Iterable[Row], kind: str) -> bytes:
    """The rows that were set aside, each with its reason: put right, the same file is brought back."""
    lines = ([*(row.said.get(name, "") for name in HEADINGS), row.said.get("why", "")] for row in rows)
    return _file([*(str(label) for label in HEADINGS.values()), str(TO_PUT_RIGHT)], lines, kind)


def _file(headings: list[str], lines: Iterable[list[Any]], kind: str) -> bytes:
    return (exports.to_csv if kind == exports.CSV else exports.to_xlsx)(headings, lines)


def _row(order: PurchaseOrder, one: LineAnswer) -> list[Any]:
    line, (part, *_more) = one.line, one.parts
    return [
        *(order.number, one.number, line.supplier_sku, line.item.sku if line.item else "", line.description),
        *(line.unit.code, one.wanted.quantity, one.wanted.price, order.currency, one.wanted.on),
        *(Decimal(part.quantity), date.fromisoformat(part.on), Decimal(one.price), "", "", ""),
        f"{order.public_id}:{order.revision}:{one.number}",
    ]


def rows_of(name: str, content: bytes) -> list[Row]:
    """The rows of a file. Raises Unreadable with a sentence where it is none of ours."""
    table = read(name, content)
    places = {heading.casefold(): place for place, heading in enumerate(table.header)}
    columns = {key: places.get(str(label).casefold()) for key, label in HEADINGS.items()}
    if missing := [str(HEADINGS[name]) for name in NEEDED if columns[name] is None]:
        said = {"columns": ", ".join(f"“{name}”" for name in missing)}
        raise Unreadable(
            _("The file has no column %(columns)s. Download the lines here and type into that file.") % said
        )
    found = []
    for line in table.lines:
        cells = {key: _cell(line.cells, place) for key, place in columns.items() if place is not None}
        computes = any(isinstance(cells.get(key), Formula) for key in TYPED_OVER)
        why = _("A cell of this row computes. Put the value itself there.") if computes else ""
        found.append(Row.of(line.number, {key: _text(cell) for key, cell in cells.items()}, why))
    return found


def _cell(cells: list[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else ""


def _text(cell: Cell) -> str:
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return portal_answers.plain(cell)
    return exports.restored(clean(str(cell)))


def kept(text: str) -> list[Row]:
    """Rows as the page before carried them."""
    try:
        said = json.loads(text)
        known = {*HEADINGS, "why"}
        return [Row.of(int(n), {key: str(value) for key, value in row.items() if key in known}) for n, row in said]
    except (ValueError, TypeError, AttributeError):
        raise BadRequest(_("The rows did not arrive whole. Upload the file again.")) from None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError(text)
    return int(text)


def understood(rows: list[Row], orders: dict[UUID, tuple[PurchaseOrder, Lines]], at: datetime) -> Sheet:
    """What the rows say of these orders, judged as if it had been typed in the grid."""
    by_order: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        if row.key and not row.why:
            by_order[row.key[0]].append(row)
    sheet = Sheet(rows)
    then = queries.contents(order for order, _lines in orders.values() if _is_behind(order, by_order))
    for public_id, its_rows in by_order.items():
        if public_id not in orders:
            _set_aside(its_rows, _("There is no such order among yours. Download the lines again."))
            continue
        order, lines = orders[public_id]
        if grid := _grid(order, lines, its_rows, then.get(order.pk, {}), at):
            sheet.grids.append(grid)
    return sheet


def _is_behind(order: PurchaseOrder, rows: dict[UUID, list[Row]]) -> bool:
    return any(row.key[1] != order.revision for row in rows.get(order.public_id, ()) if row.key)


def _set_aside(rows: Iterable[Row], why: str) -> None:
    for row in rows:
        row.why = why


def _grid(order: PurchaseOrder, lines: Lines, rows: list[Row], then: dict[int, Any], at: datetime) -> Grid | None:
    """The answer to one order; lines without a sound row are left for later."""
    if ended := queries.settled(order):
        _set_aside(rows, ended)
        return None
    by_line: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_line[row.key[2]].append(row)  # type: ignore[index]
    open_lines = {line.number for line in portal_answers.answerable(lines)}
    for number, its_rows in by_line.items():
        if number not in open_lines:
            _set_aside(its_rows, _("This line is not open any more."))
        elif any(_changed_since(row, order, then) for row in its_rows):
            _set_aside(its_rows, _("The buyer changed this line since you downloaded it. Download it again."))
        elif wrong := _contradiction(its_rows):
            _set_aside(its_rows, wrong)
    sound = {number: its_rows for number, its_rows in by_line.items() if not its_rows[0].why}
    grid = portal_answers.read(order, lines, _typed(open_lines, sound), seen={}, today=today(order.site, at))
    for one in grid.lines:
        if one.errors:
            _set_aside(sound[one.number], " ".join(one.errors.values()))
            one.errors, one.choice = {}, LATER
    return grid if grid.tally[LATER] < len(grid.lines) else None


def _changed_since(row: Row, order: PurchaseOrder, then: dict[int, Any]) -> bool:
    """Whether the row was written from a revision in which its line was another."""
    _order, revision, number = row.key or (None, 0, 0)
    if revision == order.revision:
        return False
    before, now = (queries.line_of(then.get(one), number) for one in (revision, order.revision))
    return before is None or before != now


def _contradiction(rows: list[Row]) -> str:
    """Rows of one line are its deliveries: they cannot differ in anything else."""
    if _choice(rows[0]) is None:
        words = " / ".join(f"“{said}”" for said in WORDS.values())
        return _("As answer write %(words)s, or leave it empty to send what you typed.") % {"words": words}
    same = [tuple(row.said.get(key, "") for key in ("price", "answer", "substitute")) for row in rows]
    if any(one != same[0] for one in same):
        return _("This line has several rows: they may differ in quantity and date, and in nothing else.")
    return ""


def _typed(open_lines: set[int], rows: dict[int, list[Row]]) -> QueryDict:
    """The rows as the fields of the grid."""
    data = QueryDict(mutable=True)
    for number in open_lines:
        its_rows = rows.get(number)
        if not its_rows:
            data.update({f"choice-{number}": LATER, f"quantity-{number}": "", f"on-{number}": ""})
            continue
        first = its_rows[0].said
        data.setlist(f"quantity-{number}", [row.said.get("quantity", "") for row in its_rows])
        data.setlist(f"on-{number}", [row.said.get("on", "") for row in its_rows])
        data[f"price-{number}"] = first.get("price", "")
        data[f"choice-{number}"] = _choice(its_rows[0]) or TYPED
        data[f"substitute-{number}"] = first.get("substitute", "")
        data[f"reason-{number}"] = next((said for row in its_rows if (said := row.said.get("reason"))), "")
    return data


def _choice(row: Row) -> str | None:
    word = row.said.get("answer", "").casefold()
    return next((key for key, said in WORDS.items() if str(said).casefold() == word), None) if word else TYPED
