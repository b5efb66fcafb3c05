"""Matrices as files: what goes out comes back the same, and what cannot be read is named cell by cell."""

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from foundation.lifecycles import Refused
from governance.authority import checking, checks, exchange, grid, matrices, words
from governance.authority.models import AuthorityMatrix, MatrixRule
from governance.authority.pairs import World
from governance.authority.words import Names
from tests.scene import NOW, Scene, key

STEPS = [
    {"sequence": 1, "role": "Branch manager", "at": "site", "mode": "2", "sla_hours": 8},
    {"sequence": 2, "role": "Controller", "at": "entity", "mode": "any", "sla_hours": 8, "returns_after": 16,
     "escalates_to": {"role": "CFO at Large", "at": "global"}},
]  # fmt: skip


@pytest.fixture
def every_column(scene: Scene) -> list[MatrixRule]:
    """Rules that use every column there is."""
    where = {"entity": scene.entity, "site": scene.site, "category": scene.category, "cost_center": scene.cost_center}
    words = {name: [str(word) for word in kind][:2] for name, kind in matrices.WORDS.items()}
    full = {"document_kind": "requisition", "amount_from": Decimal("10.5"), "amount_to": 2000, "steps": STEPS,
            "auto_approve_cap": 11, "note": "=not a formula", **where, **words}  # fmt: skip
    empty = {"forbid": "Never, “really”.", "is_on": False}
    return matrices.rows_of(AuthorityMatrix(number=9), [full, empty])


def meanings(rules: list[dict[str, Any]] | list[MatrixRule]) -> list[Any]:
    """The rules as they are decided by; a step's mode may be typed as a word."""
    rows = rules if isinstance(rules[0], MatrixRule) else matrices.rows_of(AuthorityMatrix(number=9), rules)
    return [(matrices.rule_of(row), row.is_on, row.note) for row in rows]


def workbook(*rows: list[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


class TestRoundTrip:
    def test_as_json(self, every_column: list[MatrixRule]) -> None:
        read = exchange.read("m.json", exchange.as_json("Ours", every_column))

        assert (read.name, meanings(read.rules)) == ("Ours", meanings(every_column))

    def test_as_a_workbook(self, every_column: list[MatrixRule]) -> None:
        read = exchange.read("m.xlsx", exchange.as_workbook(every_column))

        assert meanings(read.rules) == meanings(every_column)

    def test_a_workbook_that_a_person_filled_in(self, scene: Scene) -> None:
        head = ["Amount_from", "amount_to", "steps", "site"]
        read = exchange.read("m.xlsx", workbook(head, [0, 5000.01, "1 Branch manager (site, 8 h)", "rtm"], []))

        [rule] = read.rules
        assert (rule["amount_to"], rule["site_id"]) == (Decimal("5000.01"), scene.site.pk)


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("m.json", b"{", "This is no matrix in JSON"),
            ("m.json", b'{"format": "other/1", "rules": []}', "This is no matrix in JSON"),
            ("m.json", b"[" * 9000, "This is no matrix in JSON"),
            ("m.json", json.dumps({"format": exchange.FORMAT, "rules": [{"amount": "1"}]}).encode(), "“amount”"),
            ("m.csv", b"amount_from,boss\n1,me\n", "There is no column “boss”"),
            ("m.csv", b"amount_from,site\n1,NOWHERE\nx,\n", "Rule 1, site: There is no site with the code “NOWHERE”."),
            ("m.csv", b"amount_from,site\n1,NOWHERE\nx,\n", "Rule 2, amount from: “x” is no amount"),
            ("m.xlsx", workbook(["amount_from"], ["=1+1"]), "computes"),
            ("m.xlsx", b"PK\x03\x04", "no workbook"),
        ],
    )
    def test_say_which_cell(self, scene: Scene, name: str, content: bytes, said: str) -> None:
        with pytest.raises(Refused) as refused:
            exchange.read(name, content)

        assert said in str(refused.value)


class TestStarters:
    @pytest.mark.parametrize("name", exchange.STARTER_NAMES)
    def test_leave_nothing_without_an_answer(self, db: None, name: str) -> None:
        rows = matrices.rows_of(AuthorityMatrix(number=9), exchange.starter(name).rules)
        kinds = frozenset({"requisition", "order_change"})
        rules = [
            matrices.rule_of(row, kind)
            for row in rows
            for kind in ([row.document_kind] if row.document_kind else kinds)
        ]
        found = checks.check(rules, World(kinds=kinds, entities=frozenset({1, 2})))

        assert (found.gaps, found.idle, found.is_whole) == ([], [], True)


class TestScreens:
    def test_a_draft_begins_with_a_file(self, keepers: Scene, as_) -> None:
        author = as_("author")
        content = author.get("/authority/1/file/xlsx/").content
        file = SimpleUploadedFile("matrix.xlsx", content)
        answer = author.post("/authority/draft/", {"name": "Brought", "begin": "file", "file": file, "key": key()})

        assert answer.status_code == 303
        one, other = (MatrixRule.objects.filter(matrix__number=number) for number in (1, 2))
        assert meanings(list(one)) == meanings(list(other))
        assert load_workbook(io.BytesIO(content)).active.cell(1, 1).value == "number"

    def test_a_draft_begins_with_a_starter(self, keepers: Scene, as_) -> None:
        as_("author").post("/authority/draft/", {"name": "Lean", "begin": "lean", "key": key()})

        assert MatrixRule.objects.filter(matrix__number=2).count() == 3

    def test_a_file_that_cannot_be_read_is_told_and_the_name_kept(self, keepers: Scene, as_) -> None:
        file = SimpleUploadedFile("m.csv", b"site,steps\nNOWHERE,boss\n")
        answer = as_("author").post(
            "/authority/draft/", {"name": "Mine own", "begin": "file", "file": file, "key": key()}
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "There is no site with the code “NOWHERE”." in page
        assert "Mine own" in page
        assert not AuthorityMatrix.objects.filter(number=2).exists()

    def test_without_a_file_it_is_asked_for(self, keepers: Scene, as_) -> None:
        answer = as_("author").post("/authority/draft/", {"name": "Mine", "begin": "file", "key": key()})

        assert answer.status_code == 422
        assert "Choose the file." in answer.content.decode()

    def test_other_kinds_of_file_are_refused(self, keepers: Scene, as_) -> None:
        assert as_("reader").get("/authority/1/file/pdf/").status_code == 400


class TestSteps:
    def test_say_what_happens_when_time_is_over(self) -> None:
        [row] = matrices.rows_of(AuthorityMatrix(number=9), [{"steps": STEPS[1:]}])

        assert grid.cell(row, "steps", Names()) == (
            "2 Controller (entity, 8 h, then CFO at Large at global, back after 16 h)"
        )
        assert words.steps(matrices.rule_of(row).steps) == (
            "Controller of the entity (8 h, then also CFO at Large of the company, back after 16 h more)"
        )

    def test_an_escalation_that_reaches_nobody_or_cannot_decide_is_told(self, scene: Scene) -> None:
        given = {"steps": [{**STEPS[1], "role": "Branch manager"}]}
        looked = checking.look(
            matrices.rows_of(AuthorityMatrix(number=9), [given]), Names().world(), on=NOW.date(), soon=30
        )

        assert looked.empty_escalations == ["CFO at Large"]
        assert (1, "CFO at Large") in looked.weak_escalations
        assert {"Escalation"} <= {str(one.label) for one in words.findings(looked, Names())}
        assert looked.empty_roles == []
