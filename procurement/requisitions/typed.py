"""Rows of a request as they are typed or pasted, and what each of them means. Nothing is refused as a whole."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.values.quantity import Factor, parse_decimal
from foundation.values.reason import BadValue
from organization.items.models import Category, Item, Unit
from procurement.requisitions import classifying, finding
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.finding import Meant
from procurement.requisitions.models import RequisitionLine
from suppliers.contracts.models import Contract
from suppliers.contracts.queries import contract_lines
from suppliers.suppliers.models import Supplier

COLUMNS = ("what", "description", "quantity", "unit", "need_by", "supplier", "price", "category", "note")
PASTED = ("what", "quantity", "need_by", "price", "note")
"""The columns of a pasted block, in this order; the last three may be missing."""
LONGEST = 200
MOST = 20_000
DAYS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), (3, 2, 1)),
)


@dataclass
class Row:
    """One row as it stands on the screen, with what is wrong about it and what it might mean."""

    what: str = ""
    description: str = ""
    quantity: str = ""
    unit: str = ""
    need_by: str = ""
    supplier: str = ""
    price: str = ""
    category: str = ""
    note: str = ""
    problem: str = ""
    lacks_date: bool = False
    """Neither the row nor the heading says when it is needed."""
    hint: str = ""
    """What was understood that nobody typed."""
    guesses: list[Item] = field(default_factory=list)
    wanted: Wanted | None = None
    line: RequisitionLine | None = None
    is_picked: bool = False
    """It was just taken from the search: the cursor goes to its quantity."""

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in COLUMNS)


def rows_of(data: Any) -> list[Row]:
    """The rows of a form: one list of values a column, side by side."""
    columns = [data.getlist(f"row_{name}")[:MOST] for name in COLUMNS]
    depth = max((len(column) for column in columns), default=0)
    return [
        Row(
            **{name: _text(column[n]) if n < len(column) else "" for name, column in zip(COLUMNS, columns, strict=True)}
        )
        for n in range(depth)
    ]


def pasted(text: str) -> list[Row]:
    """Cells copied from a spreadsheet: SKU, quantity, and if there are more: date, price, note."""
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()][:MOST]
    rows = []
    for line in lines:
        cells = [_text(cell) for cell in line.split("\t" if "\t" in line else ";")]
        rows.append(Row(**dict(zip(PASTED, cells, strict=False))))
    is_heading = bool(rows) and len(rows) > 1 and not any(sign.isdigit() for sign in rows[0].quantity)
    return rows[1:] if is_heading else rows


def of_line(line: RequisitionLine) -> Row:
    """A saved line as it would have been typed."""
    factor = Factor(line.numerator, line.denominator)
    is_typed = line.price_source == "entered"
    return Row(
        what=line.item.sku if line.item else "",
        description="" if line.item and line.item.description == line.description else line.description,
        quantity=written(factor.from_base(line.quantity, rounding=True)),
        unit=line.unit.code,
        need_by=line.need_by.isoformat(),
        supplier=line.supplier.number if line.supplier else "",
        price=written(per_unit(line)) if is_typed else "",
        category="" if line.item else line.category.code,
        note=line.note,
    )


def of_contract(contract: Contract) -> list[Row]:
    """A row for each item of which something is left; how much is left stands below it."""
    rows = []
    for line in contract_lines(contract):
        left = None if line.ceiling_quantity is None else line.ceiling_quantity - line.called_quantity
        if left is not None and left <= 0:
            continue
        said = {"left": "" if left is None else written(left), "unit": line.item.base_unit.code}
        hint = _("%(left)s %(unit)s are left on the contract.") % said if left is not None else ""
        rows.append(Row(what=line.item.sku, supplier=contract.supplier.number, hint=hint))
    return rows


def per_unit(line: RequisitionLine) -> Decimal:
    """The price of one unit as it is ordered."""
    return Factor(line.numerator, line.denominator).to_base(line.price, rounding=True)


def understand(rows: Iterable[Row], *, need_by: date | None) -> None:
    """Say of each row what it means, or what is wrong with it. A handful of queries, whatever the number of rows."""
    rows = [row for row in rows if not row.is_empty]
    books = _Books(rows)
    for row in rows:
        try:
            row.wanted = books.wanted(row, need_by)
        except _Unclear as unclear:
            row.problem = str(unclear)
    _classify([row for row in rows if row.wanted and not row.what and not row.category])
    lost = [row for row in rows if row.what and row.what not in books.meant]
    near = finding.guesses(row.what for row in lost)
    for row in lost:
        row.guesses = near.get(row.what, [])


def _classify(rows: list[Row]) -> None:
    """Give free text without a category the likeliest one, if that is sure, and say so."""
    found = classifying.guesses(row.description for row in rows)
    for row in rows:
        guess = found.get(row.description)
        if guess and guess.is_sure and row.wanted:
            row.wanted = replace(row.wanted, category_id=guess.category.pk)
            row.hint = _("Category: %(reason)s. Type another one if that is wrong.") % {"reason": guess.reason}


class _Unclear(Exception):
    """A row that cannot be understood; the words say what to do."""


class _Books:
    """What the rows may name: items, units, suppliers and categories, each read once."""

    def __init__(self, rows: list[Row]) -> None:
        self.meant: dict[str, Meant] = finding.meant({row.what for row in rows})
        named = any(row.unit for row in rows)
        self.units = {unit.code.upper(): unit.pk for unit in Unit.objects.all()} if named else {}
        self.suppliers = _keyed(Supplier.objects, "number", {row.supplier for row in rows})
        self.categories = _keyed(Category.objects, "code", {row.category for row in rows})

    def wanted(self, row: Row, need_by: date | None) -> Wanted:
        meant = self.meant.get(row.what)
        if row.what and meant is None:
            raise _Unclear(_("No item has the code “%(what)s”.") % {"what": row.what})
        on = _read(row.need_by, day, _("Need by")) or need_by
        if on is None:
            row.lacks_date = True
            raise _Unclear(_("Say when it is needed, here or above for all lines."))
        quantity = _read(row.quantity, parse_decimal, _("Quantity"))
        if quantity is None:
            raise _Unclear(_("Say how much is needed."))
        unit = _pick(self.units, row.unit, _("There is no unit “%(text)s”.")) or (meant.unit_id if meant else None)
        supplier = _pick(self.suppliers, row.supplier, _("There is no supplier “%(text)s”."))
        return Wanted(
            quantity=quantity,
            need_by=on,
            item_id=meant.item.pk if meant else None,
            description=row.description,
            category_id=_pick(self.categories, row.category, _("There is no category “%(text)s”.")),
            unit_id=unit,
            supplier_id=supplier or (meant.supplier_id if meant else None),
            price=_read(row.price, parse_decimal, _("Price")),
            note=row.note,
        )


def day(text: str) -> date:
    """``2026-12-04`` or ``4.12.2026``; a slash means two things, so it is asked back."""
    for shape, order in DAYS:
        if found := shape.fullmatch(text):
            year, month, number = (int(found[place]) for place in order)
            try:
                return date(year, month, number)
            except ValueError:
                break
    raise ValueError(_("write a day as 2026-12-04 or 4.12.2026."))


def written(value: Decimal) -> str:
    """A number as it is typed: no thousands, no zeros that say nothing."""
    return f"{value.normalize():f}"


def pick(rows: list[Row], item: Item) -> list[Row]:
    """The same rows with an item in the first empty one, or in a new one."""
    empty = next((n for n, row in enumerate(rows) if row.is_empty), len(rows))
    return [*rows[:empty], Row(what=item.sku, quantity="1", is_picked=True), *rows[empty + 1 :]]


def doubled(rows: list[Row], at: int) -> list[Row]:
    return [*rows[: at + 1], replace(rows[at]), *rows[at + 1 :]]


def _keyed(manager: Any, name: str, texts: set[str]) -> dict[str, int]:
    asked = {text.upper() for text in texts if text} | {text for text in texts if text}
    if not asked:
        return {}
    return {str(code).upper(): pk for code, pk in manager.filter(**{f"{name}__in": asked}).values_list(name, "pk")}


def _pick(known: Mapping[str, int], text: str, sentence: str) -> int | None:
    if not text:
        return None
    if text.upper() not in known:
        raise _Unclear(sentence % {"text": text})
    return known[text.upper()]


def _read(text: str, read: Callable[[str], Any], label: str) -> Any:
    if not text:
        return None
    try:
        return read(text)
    except (BadValue, ValueError) as error:
        raise _Unclear(f"{label}: {error}") from None


def _text(value: str) -> str:
    return "".join(sign for sign in value if sign.isprintable()).strip()[:LONGEST]
