"""docs/edi.md holds the codes of the glossary; with WRITE_DOCS=1 in the environment they are written anew."""

import os
from pathlib import Path

from integration.edi.maps import MAPS
from procurement.confirmations.glossary import HEADERS, LINES, Code

DOC = Path(__file__).resolve().parents[3] / "docs" / "edi.md"
BEGIN, END = "<!-- codes -->\n", "<!-- end of codes -->"


def tables() -> str:
    return f"{table('line', LINES)}\n{table('whole answer', HEADERS)}"


def table(what: str, codes: tuple[Code, ...]) -> str:
    lists = list(codes[0].codes)
    head = f"| {what} | meaning | {' | '.join(lists)} |\n|{'---|' * (len(lists) + 2)}\n"
    return head + "".join(
        f"| `{code.word}` | {code.meaning} | {' | '.join(' '.join(code.codes[name]) or '-' for name in lists)} |\n"
        for code in codes
    )


def test_the_codes_are_the_glossary_s() -> None:
    if os.environ.get("WRITE_DOCS"):
        before, _begin, rest = DOC.read_text().partition(BEGIN)
        DOC.write_text(before + BEGIN + tables() + END + rest.partition(END)[2])

    assert DOC.read_text().partition(BEGIN)[2].partition(END)[0] == tables()


def test_every_message_is_named() -> None:
    told = DOC.read_text()

    assert [each.kind for each in MAPS if each.kind not in told] == []
