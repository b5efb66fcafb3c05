"""The row below a list: what its money adds up to, by currency. Pieces of different things are not added."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.screens import shown
from foundation.screens.lists.columns import Column, got
from foundation.screens.lists.paging import Page

Sums = dict[str, dict[str, Decimal]]
"""By key of the column, then by currency."""


@dataclass(frozen=True)
class Totals:
    label: str
    cells: list[tuple[Column, SafeString | str]]
    """One for each column but the first, which holds the label."""


def of(page: Page, columns: Sequence[Column]) -> Totals | None:
    """Of the whole list where it was counted, for at most one query; else of this page, and it says so."""
    added = [column for column in columns[1:] if column.is_added]
    if not added or len(page.rows) < 2:
        return None
    if not (page.before or page.after):
        return _totals(_("Total"), columns, _of_rows(page.rows, added))
    if page.count is not None and all(_is_stored(page.everything, column) for column in added):
        return _totals(_("Total of all pages"), columns, _of_table(page.everything, added))
    return _totals(_("Total of this page"), columns, _of_rows(page.rows, added))


def _totals(label: str, columns: Sequence[Column], sums: Sums) -> Totals:
    return Totals(label, [(column, _written(sums.get(column.key, {}))) for column in columns[1:]])


def _written(by_currency: dict[str, Decimal]) -> SafeString | str:
    return format_html_join(
        "", "{}", ((shown.money(sum_, currency),) for currency, sum_ in sorted(by_currency.items()))
    )


def _of_rows(rows: Iterable[Any], columns: Sequence[Column]) -> Sums:
    sums: Sums = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        for column in columns:
            value = column.raw(row)
            if value is not None:
                sums[column.key][str(got(row, column.currency) or "")] += value
    return sums


def _of_table(everything: QuerySet, columns: Sequence[Column]) -> Sums:
    """One query groups by every currency that the columns name."""
    named = sorted({_path(column.currency) for column in columns if column.currency})
    groups = {f"in_{n}": F(path) for n, path in enumerate(named)}
    added = {f"sum_{column.key}": Sum(column.sort) for column in columns}
    sums: Sums = defaultdict(lambda: defaultdict(Decimal))
    for found in everything.order_by().values(**groups).annotate(**added):
        for column in columns:
            currency = found[f"in_{named.index(_path(column.currency))}"] if column.currency else ""
            if found[f"sum_{column.key}"] is not None:
                sums[column.key][currency] += found[f"sum_{column.key}"]
    return sums


def _is_stored(everything: QuerySet, column: Column) -> bool:
    """Whether the database can add the column up: it and its currency are paths, and it is no sum already."""
    is_path = isinstance(column.sort, str) and isinstance(column.currency, str)
    computed = everything.query.annotations.get(column.sort) if is_path else None
    return is_path and not getattr(computed, "contains_aggregate", False)


def _path(getter: Any) -> str:
    return str(getter).replace(".", "__")
