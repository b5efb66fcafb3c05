"""A list as a file: the current filters, order and columns; small ones at once, large ones as a job."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from foundation.jobs import actions as jobs
from foundation.screens.lists import later, paging
from foundation.screens.lists.columns import Column
from foundation.screens.lists.state import State

AT_ONCE = 5000
"""More rows than this become a job."""
MOST = 1_000_000
CHUNK = 1000
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run text as a formula."""


def answer(request: HttpRequest, here: State, queryset: QuerySet, kind: str) -> HttpResponse:
    if kind not in TYPES:
        raise BadRequest(_("A list can be exported as csv or xlsx."))
    ordered = in_order(queryset, here)
    name = f"{slugify(here.listing.name)}-{localdate().isoformat()}.{kind}"
    job = getattr(request, "job", None)
    if job is None and not queryset.order_by()[AT_ONCE : AT_ONCE + 1].exists():
        response = HttpResponse(written(kind, here.columns, ordered.iterator(chunk_size=CHUNK)), TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    if job is None:
        return later.start(request, title=_("Export of %(list)s") % {"list": here.listing.title})
    jobs.expect(job, queryset.order_by()[:MOST].count())
    rows = jobs.counted(job, ordered[:MOST].iterator(chunk_size=CHUNK))
    jobs.finish_with_file(job, content=written(kind, here.columns, rows), name=name, at=now())
    return HttpResponse(status=204)


def in_order(queryset: QuerySet, here: State) -> QuerySet:
    path = here.listing.permitted_sorts()[here.sort_key]
    keyed = queryset.annotate(**{paging.KEY: paging.F(path) if isinstance(path, str) else path})
    return keyed.order_by(*paging.ordering(keyed, here, backward=False))


def written(kind: str, columns: list[Column], rows: Iterable[Any]) -> bytes:
    lines = (([column.exported(row) for column in columns]) for row in rows)
    headings = [str(column.label) for column in columns]
    return to_csv(headings, lines) if kind == CSV else to_xlsx(headings, lines)


def to_csv(headings: list[str], lines: Iterable[list[Any]]) -> bytes:
    """UTF-8 with a byte order mark, which is what spreadsheets need to read it as such."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([neutral(heading) for heading in headings])
    writer.writerows([_csv_cell(value) for value in line] for line in lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_xlsx(headings: list[str], lines: Iterable[list[Any]]) -> bytes:
    """Typed cells, first row frozen."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Export"))
    sheet.freeze_panes = "A2"
    sheet.append(list(_bold(sheet, headings)))
    for line in lines:
        sheet.append([neutral(value) if isinstance(value, str) else value for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(sheet: Any, headings: list[str]) -> Iterator[Any]:
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=neutral(heading))
        cell.font = Font(bold=True)
        yield cell


def _csv_cell(value: Any) -> Any:
    if isinstance(value, str):
        return neutral(value)
    return value.isoformat(sep=" ") if hasattr(value, "hour") else value


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula; an import takes the apostrophe off again (``restored``)."""
    visible = "".join(sign for sign in text if sign in "\t\n\r" or ord(sign) >= 32) if not text.isprintable() else text
    return f"'{visible}" if text.startswith(DANGEROUS) or visible.startswith(("'", *DANGEROUS)) else visible


def restored(text: str) -> str:
    """What a cell said before it was neutralised."""
    return text[1:] if text.startswith("'") and text[1:].startswith(("'", *DANGEROUS)) else text
