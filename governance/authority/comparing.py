"""What two versions of the matrix say differently, rule by rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from governance.authority.grid import cell
from governance.authority.matrices import as_given, step_of
from governance.authority.models import MatrixRule
from governance.authority.words import COLUMNS, Names, Said, said


@dataclass(frozen=True)
class Difference:
    """A rule that is new (no ``before``), gone (no ``after``) or changed."""

    number: int
    before: Said | None
    after: Said | None
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def kind(self) -> str:
        return "changed" if self.before and self.after else "new" if self.after else "gone"


def between(old: Iterable[MatrixRule], new: Iterable[MatrixRule], names: Names) -> list[Difference]:
    """Rules that say the same are left out, whatever their number; others are held against their number's."""
    before, after = {row.number: row for row in old}, {row.number: row for row in new}
    kept = _meanings(before.values())
    fresh = {number: row for number, row in after.items() if not _take(kept, meaning(row))}
    left = {row.number: row for rows in kept.values() for row in rows}
    found = []
    for number in sorted(left.keys() | fresh.keys()):
        one, other = left.get(number), fresh.get(number)
        fields = tuple(_fields(one, other, names)) if one and other else ()
        found.append(
            Difference(number, said(one, names) if one else None, said(other, names) if other else None, fields)
        )
    return found


def meaning(row: MatrixRule) -> str:
    return repr([(name, _plain(name, value)) for name, value in as_given(row).items() if name != "number"])


def _plain(name: str, value: Any) -> Any:
    """As it is decided by: neither zeros behind the point nor the order of a step's words matter."""
    if name == "steps":
        return [step_of(step) for step in value]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _meanings(rows: Iterable[MatrixRule]) -> dict[str, list[MatrixRule]]:
    found: dict[str, list[MatrixRule]] = {}
    for row in rows:
        found.setdefault(meaning(row), []).append(row)
    return found


def _take(kept: dict[str, list[MatrixRule]], meaning: str) -> bool:
    if not kept.get(meaning):
        return False
    kept[meaning].pop()
    return True


def _fields(old: MatrixRule, new: MatrixRule, names: Names) -> Iterable[tuple[str, str, str]]:
    for name, label in COLUMNS.items():
        was, now = cell(old, name, names), cell(new, name, names)
        if was != now:
            yield str(label), was, now
