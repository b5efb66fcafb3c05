"""A matrix on its way out and in: the rows of the grid as a workbook or as JSON.

Columns carry the names of the inputs, cells what somebody would type into the grid: codes, not keys, so that a
matrix written in one house is read in another.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.files import tables
from foundation.lifecycles import Refused
from foundation.screens.lists.exports import restored, to_xlsx
from governance.authority import grid
from governance.authority.models import MatrixRule
from governance.authority.words import COLUMNS, Names

HEAD = {name.removesuffix("_id"): name for name in COLUMNS}
"""Column of a file -> column of the grid."""
FORMAT = "countersign.authority-matrix/1"
OFF = ("no", "0", "false", "off")
MOST = 20_000
STARTERS = Path(__file__).parent / "starters"
STARTER_NAMES = {
    "branches": gettext_lazy("Branches: the branch manager first, then category and finance by amount"),
    "lean": gettext_lazy("Lean: one person up to a limit, two above it"),
    "contracts": gettext_lazy("Contracts: free under contract, strict outside it"),
    "holding": gettext_lazy("Holding: every company decides, the group joins in above a limit"),
}


@dataclass(frozen=True)
class Read:
    """The rules of a file as ``set_rules`` takes them."""

    name: str
    rules: list[dict[str, Any]]


def rows_out(rows: Iterable[MatrixRule]) -> list[dict[str, str]]:
    """Rule by rule what is not empty, by column."""
    rows = list(rows)
    names = Names.of(rows)
    return [{head: text for head, name in HEAD.items() if (text := grid.cell(row, name, names))} for row in rows]


def as_json(name: str, rows: Iterable[MatrixRule]) -> bytes:
    said = {"format": FORMAT, "name": name, "rules": rows_out(rows)}
    return json.dumps(said, indent=1, ensure_ascii=False).encode()


def as_workbook(rows: Iterable[MatrixRule]) -> bytes:
    return to_xlsx(list(HEAD), ([said.get(head, "") for head in HEAD] for said in rows_out(rows)))


def read(file_name: str, content: bytes) -> Read:
    """A workbook, separated values or JSON. Refused with one sentence for every cell that cannot be read."""
    if file_name.lower().endswith(".json"):
        return _from_json(content)
    table = tables.read(file_name, content)
    header = [name.strip().lower() for name in table.header]
    if strange := [name for name in header if name not in HEAD]:
        said = {"column": strange[0][:60], "known": ", ".join(HEAD)}
        raise Refused(_("There is no column “%(column)s”. Use these: %(known)s.") % said)
    return Read("", _rules(dict(zip(header, map(_text, line.cells), strict=False)) for line in table.lines))


def starter(name: str) -> Read:
    """One of the matrices that a new house may begin with."""
    return _from_json((STARTERS / f"{name}.json").read_bytes())


def _text(cell: tables.Cell) -> str:
    if isinstance(cell, tables.Formula):
        raise Refused(_("The cell %(formula)s computes. Paste values instead of formulas.") % {"formula": cell.text})
    return restored(tables.clean(str(cell)))


def _from_json(content: bytes) -> Read:
    try:
        said = json.loads(content)
        is_ours = said["format"] == FORMAT and isinstance(said["rules"], list)
        rules = [{str(name): str(text) for name, text in rule.items()} for rule in said["rules"]]
        name = str(said.get("name", ""))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        is_ours, rules, name = False, [], ""
    if not is_ours:
        said = {"format": FORMAT}
        raise Refused(_("This is no matrix in JSON: it must say “format”: “%(format)s” and have “rules”.") % said)
    for rule in rules:
        if strange := sorted(rule.keys() - HEAD.keys()):
            raise Refused(_("There is no column “%(column)s”.") % {"column": strange[0][:60]})
    return Read(name[:120], _rules(rules))


def _rules(rows: Iterable[dict[str, str]]) -> list[dict[str, Any]]:
    codes = grid.Codes.all()
    rules, problems = [], []
    for place, row in enumerate(rows, start=1):
        if place > MOST:
            raise Refused(_("A matrix has at most %(n)s rules.") % {"n": f"{MOST:,}"})
        on = row.get("is_on", "").strip().lower() not in OFF
        typed = grid.Typed(
            {name: row.get(head, "").strip() for head, name in HEAD.items() if name != "is_on"}, is_on=on
        )
        if typed.is_empty:
            continue
        rules.append(typed.rule(codes))
        said = {"row": row.get("number") or place}
        problems += [
            _("Rule %(row)s, %(what)s: %(sentence)s") % {**said, "what": COLUMNS[name], "sentence": sentence}
            for name, sentence in typed.problems
        ]
    if problems:
        raise Refused(*problems[:50])
    return rules
