"""From the bytes of a CSV or XLSX file to a table of cells. Nothing is interpreted here, nothing guessed silently."""

import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from foundation.lifecycles import Refused

DELIMITERS = ",;\t|"
MOST_COLUMNS = 200
LONGEST_NAME = 80
LONGEST_CELL = 2000
UNPACKED = 50 * 1024 * 1024
"""What a workbook may unfold to."""
PARTS = 2000
DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY")


class Unreadable(Refused):
    """The file as a whole cannot be read; the sentence says what to do."""


@dataclass(frozen=True)
class Formula:
    """A cell that computes. What it shows is not in the file, or is of yesterday: it is never taken for a value."""

    text: str


Cell = str | int | Decimal | date | bool | Formula
"""Text as it stands in a CSV file; typed where a workbook types it."""


@dataclass
class Line:
    """One row below the header, by its number in the file."""

    number: int
    cells: list[Cell]


@dataclass
class Table:
    header: list[str]
    lines: list[Line]
    shape: dict[str, str] = field(default_factory=dict)
    """How it was read: encoding and delimiter, or the sheet."""


def read(name: str, content: bytes) -> Table:
    """The first sheet of a workbook, or a text of separated values."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    return _workbook(content) if name.lower().endswith(".xlsx") else _separated(content)


def _separated(content: bytes) -> Table:
    text, encoding = decoded(content)
    delimiter = delimiter_of(text)
    table = _table(_csv_lines(text, delimiter))
    table.shape = {"encoding": encoding, "delimiter": delimiter}
    return table


def decoded(content: bytes) -> tuple[str, str]:
    """UTF-8, UTF-16 with its mark, or Windows-1252; anything else would be guessing."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(sign < " " and sign not in "\t\r\n\f" for sign in text):
            return text, encoding.removesuffix("-sig")
    raise Unreadable(_("The text is neither UTF-8 nor Windows-1252. Save the file as “CSV UTF-8” and upload it again."))


def delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into equally many cells, and into most."""
    sample = list(itertools.islice(io.StringIO(text), 20))

    def quality(sign: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=sign) if row]
        except csv.Error:
            return 0, 0
        if not widths or widths[0] < 2:
            return 0, 0
        return sum(width == widths[0] for width in widths), widths[0]

    best = max(DELIMITERS, key=quality)
    return best if quality(best)[1] else ","


def _csv_lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            yield Line(begins, list(row))
            begins = reader.line_num + 1
    except csv.Error as error:
        said = {"line": begins, "why": error}
        raise Unreadable(_("Line %(line)s cannot be read: a quotation mark is not closed (%(why)s).") % said) from None


def _workbook(content: bytes) -> Table:
    _weigh(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise Unreadable(_("The workbook has no sheet."))
        sheet.reset_dimensions()  # what it says of its size may be a lie
        table = _table(_sheet_lines(sheet))
    except Refused:
        raise
    except Exception as error:  # whatever a damaged workbook makes the library stumble over
        raise Unreadable(_("This is no workbook that can be read. Save it anew as XLSX, or as CSV.")) from error
    table.shape = {"sheet": str(sheet.title)}
    return table


def _weigh(content: bytes) -> None:
    """Before anything is unpacked: how large it would become, and whether it declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > UNPACKED or len(parts) > PARTS:
                raise Unreadable(
                    _("The workbook unpacks beyond %(n)s MB. Save the rows as CSV.") % {"n": UNPACKED // 2**20}
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    said = packed.read(part).replace(b"\0", b"")  # whatever the encoding
                    if any(sign in said for sign in DOCTYPE):
                        raise Unreadable(_("The workbook declares entities, which none needs to. Save it anew."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(_("This is no workbook that can be read. Save it anew as XLSX, or as CSV.")) from error


def _sheet_lines(sheet: Any) -> Iterator[Line]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        cells = [_cell(cell) for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        yield Line(number, cells)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(str(value)[:40])
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | date | int):
        return value
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")  # what the spreadsheet shows, without the dust of binary fractions
    return str(value)


def _table(lines: Iterable[Line]) -> Table:
    """Header and rows; empty rows are passed over, but not for ever."""
    header: list[str] = []
    found: list[Line] = []
    limit = settings.LIMIT_DOCUMENT_LINES
    blank = 0
    for line in lines:
        if all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in line.cells):
            blank += 1
        elif not header:
            header = _header(line.cells)
        else:
            found.append(line)
        if len(found) > limit or blank > limit:
            raise Unreadable(_("A file may have at most %(n)s lines. Split it.") % {"n": f"{limit:,}"})
    if not header:
        raise Unreadable(_("The file is empty."))
    if not found:
        raise Unreadable(_("The file has a header and no rows below it."))
    return Table(header, found)


def _header(cells: list[Cell]) -> list[str]:
    names = ["" if isinstance(cell, Formula) else clean(str(cell))[:LONGEST_NAME] for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise Unreadable(_("A file may have at most %(n)s columns.") % {"n": MOST_COLUMNS})
    names = [name or _("Column %(n)s") % {"n": place} for place, name in enumerate(names, start=1)]
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise Unreadable(_("Two columns are called “%(name)s”. Rename or remove one.") % {"name": name})
        seen.add(name.casefold())
    return names


def clean(text: str) -> str:
    """Text without what cannot be seen."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:LONGEST_CELL]
