"""Between the rows of a matrix and the pure rules: validated on the way in, compiled on the way out."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.reason import Reasoned
from governance.authority import compiled
from governance.authority.facts import WORDS, Escalation, Level, Rule, StepSpec
from governance.authority.models import AuthorityMatrix, MatrixRule

KEYS = ("entity", "site", "category", "cost_center")
ANY_KIND = "*"
DAYS = ("starts_on", "ends_on")


class Edition:
    """The rules of a version for one kind of document, compiled for each span of days in which the same take part."""

    def __init__(self, rows: Iterable[MatrixRule], kind: str) -> None:
        self.rows, self.kind = list(rows), kind
        ends = {row.ends_on + timedelta(days=1) for row in self.rows if row.ends_on and row.ends_on < date.max}
        self.turns = sorted(ends | {row.starts_on for row in self.rows if row.starts_on})
        self.spans: dict[int | None, compiled.Matrix] = {}

    def on(self, day: date | None) -> compiled.Matrix:
        span = None if day is None else bisect_right(self.turns, day)
        if span not in self.spans:
            self.spans[span] = compiled.compile_matrix(
                rule_of(row, self.kind) for row in self.rows if row.takes_part(day)
            )
        return self.spans[span]


_editions: dict[tuple[int, int, str, str], Edition] = {}


def compiled_for(matrix: AuthorityMatrix, kind: str, on: date | None = None) -> compiled.Matrix:
    """The matrix ready for documents of one kind on a day; compiled once a version in each process.

    The head of its chain tells versions apart where key and number do not: after a restore, say. Without a day all
    rules take part, whenever they begin and end.
    """
    key = (matrix.pk, matrix.version, matrix.chain_head, kind)
    if key not in _editions:
        for other in [known for known in _editions if known[:3] != key[:3]]:
            del _editions[other]
        rows = MatrixRule.objects.filter(matrix=matrix, is_on=True, document_kind__in=("", kind))
        _editions[key] = Edition(rows, kind)
    return _editions[key].on(on)


def rule_of(row: MatrixRule, kind: str = "") -> Rule:
    """A row as the pure rules know it; a row for any kind of document is read as one for ``kind``."""
    return Rule(
        number=row.number,
        kind=row.document_kind or kind or ANY_KIND,
        entity=row.entity_id,
        site=row.site_id,
        category=row.category_id,
        cost_center=frozenset({row.cost_center_id}) if row.cost_center_id else None,
        amount_from=row.amount_from,
        amount_to=row.amount_to,
        steps=tuple(step_of(step) for step in row.steps),
        auto_approve_cap=row.auto_approve_cap,
        forbid_sentence=row.forbid or None,
        **{name: frozenset(map(kind, asked)) for name, kind in WORDS.items() if (asked := getattr(row, name))},
    )


def step_of(step: dict[str, Any]) -> StepSpec:
    mode, hours = step.get("mode", "any"), step.get("sla_hours")
    then, back = step.get("escalates_to"), step.get("returns_after")
    return StepSpec(
        sequence=int(step.get("sequence", 1)),
        role=str(step["role"]),
        at=Level(step.get("at", "site")),
        mode=mode if mode in ("any", "all") else int(mode),
        sla_hours=None if hours is None else int(hours),
        escalates_to=Escalation(str(then["role"]), Level(then.get("at", "entity"))) if then else None,
        returns_after=None if back is None else int(back),
    )


def rows_of(matrix: AuthorityMatrix, rules: Iterable[dict[str, Any]]) -> list[MatrixRule]:
    """Rows for these rules, or Refused with one sentence for each rule that cannot be."""
    rows, objections = [], []
    for place, given in enumerate(rules, start=1):
        number = given.get("number") or place
        try:
            row = MatrixRule(matrix=matrix, number=int(number), **_columns(given))
            rule_of(row)
            if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
                raise ValueError(_("its last day lies before its first"))
            rows.append(row)
        except Reasoned as bad:
            objections.append(bad.reason.sentence)
        except (KeyError, TypeError, ValueError, InvalidOperation) as bad:
            said = {"number": number, "what": bad}
            objections.append(_("Rule %(number)s cannot be read: %(what)s.") % said)
    if len({row.number for row in rows}) < len(rows):
        objections.append(_("Two rules have the same number."))
    if objections:
        raise Refused(*objections)
    return rows


def _columns(given: dict[str, Any]) -> dict[str, Any]:
    known = {field.attname for field in MatrixRule._meta.concrete_fields} - {"id", "matrix_id", "number"}
    columns: dict[str, Any] = {}
    for name, value in given.items():
        if name in WORDS:
            words = [value] if isinstance(value, str) and value else list(value or [])
            columns[name] = [str(WORDS[name](word)) for word in words]
        elif name in KEYS:
            columns[f"{name}_id"] = getattr(value, "pk", value)
        elif name in ("amount_from", "amount_to", "auto_approve_cap"):
            columns[name] = None if value in (None, "") else Decimal(str(value))
        elif name in DAYS:
            columns[name] = date.fromisoformat(value) if isinstance(value, str) and value else value or None
        elif name != "number":
            if name not in known:
                raise ValueError(_("there is no column %(name)s") % {"name": name})
            columns[name] = value
    if columns.get("amount_from", ...) is None:
        columns["amount_from"] = Decimal(0)
    return columns


def as_given(row: MatrixRule) -> dict[str, Any]:
    """The inverse of ``rows_of``: a row as ``set_rules`` takes it."""
    skipped = {"id", "matrix_id"}
    fields = [field for field in MatrixRule._meta.concrete_fields if field.attname not in skipped]
    return {field.attname: getattr(row, field.attname) for field in fields}


def digest(rows: Iterable[MatrixRule]) -> str:
    """One hash over the rules as they are decided by."""
    said = [as_given(row) for row in sorted(rows, key=lambda row: row.number)]
    normal = [{name: _normal(value) for name, value in row.items()} for row in said]
    return hashlib.sha256(json.dumps(normal, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def _normal(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
