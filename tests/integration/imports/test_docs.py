"""docs/imports.md lists the columns that there are; with WRITE_DOCS=1 in the environment they are written anew."""

import os
from pathlib import Path

from integration.imports.columns import CHOICE, Column
from integration.imports.kinds import KINDS, Kind

DOC = Path(__file__).resolve().parents[3] / "docs" / "imports.md"
BEGIN, END = "<!-- columns -->\n", "<!-- end of columns -->"


def tables() -> str:
    return "".join(table(kind()) for kind in KINDS.values())


def table(kind: Kind) -> str:
    verbs = ", ".join(f"`{verb}`" for verb in kind.verbs)
    names = ", ".join(f"`{name}`" for name in kind.key)
    rows = "".join(f"| `{c.name}`{' *' if c.needed else ''} | {c.label} | {what(c)} |\n" for c in kind.columns)
    head = f"### {kind.label} (`{kind.name}`)\n\nNamed by {names}; needs {verbs}.\n\n"
    return f"{head}| column | on the screen | what it holds |\n|---|---|---|\n{rows}\n"


def what(column: Column) -> str:
    if column.kind == CHOICE:
        said = " / ".join(column.choices)
    else:
        said = {"text": f"up to {column.longest} signs", "flag": "yes or no", "whole": "a whole number"}.get(
            column.kind, f"a {column.kind}"
        )
    said = f"the code of a {column.of}" if column.of else said
    return f"{said}. {column.hint}" if column.hint else said


def test_the_columns_are_the_codes() -> None:
    if os.environ.get("WRITE_DOCS"):
        before, _begin, rest = DOC.read_text().partition(BEGIN)
        DOC.write_text(before + BEGIN + tables() + END + rest.partition(END)[2])

    told = DOC.read_text().partition(BEGIN)[2].partition(END)[0]

    assert told == tables()
