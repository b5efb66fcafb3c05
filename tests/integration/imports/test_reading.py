"""Files as people and attackers make them: read, or refused as a whole with a sentence; never half, never a crash."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from foundation.files import tables
from foundation.files.tables import Formula, Unreadable, read
from foundation.lifecycles import Refused
from integration.imports import values
from integration.imports.values import COMMA, DAY_FIRST, MONTH_FIRST, POINT, UNSAID, Signs, Unclear
from tests.integration.imports.conftest import Bring, errors


def cells(name: str, content: bytes) -> list[list[Any]]:
    return [line.cells for line in read(name, content).lines]


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The workbook with some of its parts replaced or added."""
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, named.pop(part.filename, None) or old.read(part))
        for name, data in named.items():
            new.writestr(name, data)
    return out.getvalue()


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_delimiter_is_found(self, delimiter: str) -> None:
        text = delimiter.join(["sku", "text"]) + "\n" + delimiter.join(["A", '"one, two; three"']) + "\n"

        assert cells("a.csv", text.encode()) == [["A", "one, two; three"]]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_the_encoding_is_found(self, encoding: str) -> None:
        assert cells("a.csv", "sku,text\nA,Größe ½ €\n".encode(encoding)) == [["A", "Größe ½ €"]]

    def test_line_breaks_of_every_kind_and_in_texts(self) -> None:
        table = read("a.csv", b'sku,text\r\nA,"two\r\nlines"\r\n\r\nB,one\r\n')

        assert [(line.number, line.cells[0]) for line in table.lines] == [(2, "A"), (5, "B")]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "The file is empty."),
            (b"\n\n  ,\n", "The file is empty."),
            (b"sku,text\n", "a header and no rows"),
            (b"sku,Text,text\nA,b,c\n", "Two columns are called “text”."),
            (b'sku,text\nA,"never closed\nB,c\n', "Line 2 cannot be read: a quotation mark is not closed"),
            (b"sku,text\nA,\x81\x8d\n", "neither UTF-8 nor Windows-1252"),
            (b"sku,text\nA,\x00\x01\n", "neither UTF-8 nor Windows-1252"),
            (b",".join(b"c%d" % n for n in range(300)) + b"\n1,2\n", "at most 200 columns"),
        ],
    )
    def test_what_cannot_be_read_says_what_to_do(self, content: bytes, said: str) -> None:
        with pytest.raises(Unreadable, match=said.replace("(", r"\(")):
            read("a.csv", content)

    def test_20_000_lines_are_taken_and_one_more_is_not(self) -> None:
        head, row = b"sku,text\n", b"A,b\n"

        assert len(read("a.csv", head + row * 20_000).lines) == 20_000
        with pytest.raises(Unreadable, match="at most 20,000 lines"):
            read("a.csv", head + row * 20_001)

    @given(st.binary(max_size=400))
    def test_any_bytes_are_read_or_refused(self, content: bytes) -> None:
        for name in ("a.csv", "a.xlsx"):
            try:
                read(name, content)
            except Refused as refused:
                assert refused.reasons


class TestWorkbook:
    def test_cells_keep_their_types(self) -> None:
        content = workbook(
            ["sku", "n", "day", "yes"], ["A", 0.1 + 0.2, date(2026, 3, 4), True], [12345, 7, None, False]
        )

        assert cells("a.xlsx", content) == [["A", Decimal("0.3"), date(2026, 3, 4), True], [12345, 7, "", False]]

    def test_a_formula_is_never_taken_for_a_value(self) -> None:
        assert cells("a.xlsx", workbook(["sku", "n"], ["A", "=1+1"])) == [["A", Formula("=1+1")]]

    def test_one_that_unfolds_beyond_50_mb_is_refused_unread(self) -> None:
        bomb = repacked(workbook(["sku"], ["A"]), xl__bomb_dot_xml=b" " * (51 * 2**20))

        assert len(bomb) < 2**20
        with pytest.raises(Unreadable, match="unpacks beyond 50 MB"):
            read("a.xlsx", bomb)

    def test_without_that_guard_it_would_be_unfolded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The twin: the same bomb passes when nobody weighs it."""
        monkeypatch.setattr(tables, "UNPACKED", 10**12)
        bomb = repacked(workbook(["sku"], ["A"]), xl__bomb_dot_xml=b" " * (51 * 2**20))

        assert cells("a.xlsx", bomb) == [["A"]]

    def test_many_small_parts_are_refused(self) -> None:
        parts = {f"xl__part{n}_dot_xml": b"<a/>" for n in range(2001)}

        with pytest.raises(Unreadable, match="unpacks beyond"):
            read("a.xlsx", repacked(workbook(["sku"], ["A"]), **parts))

    @pytest.mark.parametrize("before", ["", " " * 9000])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_are_refused(self, before: str, encoding: str) -> None:
        laughs = f'<?xml version="1.0"?>{before}<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'

        with pytest.raises(Unreadable, match="declares entities"):
            read("a.xlsx", repacked(workbook(["sku"], ["A"]), xl__worksheets__sheet1_dot_xml=laughs.encode(encoding)))

    def test_a_row_far_below_is_beyond_the_limit(self) -> None:
        sheet = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>sku</t></is></c></row>'
            b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>A</t></is></c></row></sheetData></worksheet>'
        )

        with pytest.raises(Unreadable, match="at most 20,000 lines"):
            read("a.xlsx", repacked(workbook(["sku"], ["A"]), xl__worksheets__sheet1_dot_xml=sheet))

    @pytest.mark.parametrize("cut", [10, 200, 1000])
    def test_a_damaged_one_is_refused(self, cut: int) -> None:
        with pytest.raises(Unreadable, match="no workbook that can be read"):
            read("a.xlsx", workbook(["sku"], ["A"])[:-cut])


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "sign", "value"),
        [
            ("1250", UNSAID, "1250"),
            ("-7", UNSAID, "-7"),
            ("13,75", COMMA, "13.75"),
            ("1.250,5", COMMA, "1250.5"),
            ("1.250", COMMA, "1250"),
            ("1,250", COMMA, "1.25"),
            ("1,250", POINT, "1250"),
            ("1.250", POINT, "1.25"),
            ("1,234,567.8900000", POINT, "1234567.89"),
            (".5000", POINT, "0.5"),
            ("-.25", POINT, "-0.25"),
            ("1 250,5", COMMA, "1250.5"),
            ("1'250.5", POINT, "1250.5"),
        ],
    )
    def test_are_read_by_the_signs_of_the_file(self, text: str, sign: str, value: str) -> None:
        assert values.number(text, Signs(decimal=sign)) == Decimal(value)

    @pytest.mark.parametrize(
        ("text", "sign"),
        [
            ("13,75", POINT), ("13.75", COMMA), ("1.2.3", POINT), ("1,25,0", POINT), ("12,3456", POINT),
            ("1.250", UNSAID), ("1,250", UNSAID), ("13,75", UNSAID), ("", POINT), (".", POINT), ("-", POINT),
            ("1e3", POINT), ("0x10", POINT), ("NaN", POINT), ("Infinity", POINT), ("٣", POINT), ("1_000", POINT),
            ("12 EA", POINT), ("1.1234567", POINT), ("1" * 15, POINT), ("(5)", POINT), ("5-", POINT), ("$5", POINT),
        ],
    )  # fmt: skip
    def test_whatever_else_is_refused(self, text: str, sign: str) -> None:
        with pytest.raises(Unclear):
            values.number(text, Signs(decimal=sign))

    @pytest.mark.parametrize(
        ("texts", "sign"),
        [
            (["13,75", "1.250"], COMMA),
            (["13.75", "1,250"], POINT),
            (["1.250", "2.500"], UNSAID),
            (["0.125"], POINT),
            (["0,125"], COMMA),
            (["1.250,5"], COMMA),
            (["13,75", "13.75"], UNSAID),
            (["50.2600"], POINT),
            (["1000.500"], POINT),
            (["5", "", "abc"], UNSAID),
        ],
    )
    def test_the_decimal_sign_is_proved_or_unknown(self, texts: list[str], sign: str) -> None:
        assert values.decimal_sign(texts) == sign

    @given(
        st.decimals(min_value=-(10**9), max_value=10**9, places=3),
        st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u202f", ","), ("", ".")]),
    )
    def test_no_separator_is_ever_dropped(self, value: Decimal, how: tuple[str, str]) -> None:
        """Written as six locales write it and read with its sign it is itself; with the other sign it is refused,
        or it is another number only where the file said so."""
        group, point = how
        said = f"{value:,f}".replace(",", "\0").replace(".", point).replace("\0", group)

        assert values.number(said, Signs(decimal=POINT if point == "." else COMMA)) == value
        if point in said and said.rpartition(point)[2] != "":
            proved = values.decimal_sign([said])
            assert proved in (UNSAID, POINT if point == "." else COMMA)


class TestDays:
    @pytest.mark.parametrize(
        ("text", "order", "day"),
        [
            ("2026-12-04", UNSAID, date(2026, 12, 4)),
            ("2022-04-15 00:00:00.000", UNSAID, date(2022, 4, 15)),
            ("2022-04-15T13:00:00Z", UNSAID, date(2022, 4, 15)),
            ("4.12.2026", UNSAID, date(2026, 12, 4)),
            ("4/12/2026", DAY_FIRST, date(2026, 12, 4)),
            ("4/12/2026", MONTH_FIRST, date(2026, 4, 12)),
            ("5/5/2026", UNSAID, date(2026, 5, 5)),
        ],
    )
    def test_are_read_by_the_order_of_the_file(self, text: str, order: str, day: date) -> None:
        assert values.day(text, Signs(days=order)) == day

    @pytest.mark.parametrize("text", ["4/12/2026", "2026-02-30", "31.4.2026", "04.12.26", "tomorrow", "46360", ""])
    def test_whatever_else_is_refused(self, text: str) -> None:
        with pytest.raises(Unclear):
            values.day(text, Signs())

    def test_a_number_above_twelve_proves_the_order(self) -> None:
        assert values.day_order(["4/5/2026", "24/12/2026"]) == DAY_FIRST
        assert values.day_order(["4/5/2026", "12/24/2026"]) == MONTH_FIRST
        assert values.day_order(["4/5/2026"]) == UNSAID
        assert values.day_order(["24/12/2026", "12/24/2026"]) == UNSAID


class TestTexts:
    def test_what_an_export_neutralised_is_restored(self) -> None:
        assert values.text("'=HYPERLINK(1)", 40) == "=HYPERLINK(1)"
        assert values.text("'plain", 40) == "'plain"

    def test_a_formula_in_a_workbook_says_so(self) -> None:
        with pytest.raises(Unclear, match=r"holds a formula \(=1\+1\); paste it as a value"):
            values.text(Formula("=1+1"), 40)

    def test_what_cannot_be_seen_is_left_out(self) -> None:
        assert values.text(" a\u202eb\u200b ", 40) == "a b"


@pytest.mark.django_db
class TestWhole:
    """The same, through an import."""

    def test_a_text_that_looks_like_a_formula_is_kept_as_text(self, staged: Bring) -> None:
        batch = staged("items", "sku,description\nBOLT-6,=HYPERLINK(1)\n")

        assert batch.rows.get().values["description"] == "=HYPERLINK(1)"

    def test_a_formula_is_an_error_of_its_row(self, staged: Bring) -> None:
        content = workbook(["sku", "standard price"], ["BOLT-6", "=1+1"], ["BOLT-8", 2.5])

        batch = staged("items", content, name="a.xlsx")

        assert errors(batch) == ["Standard price: holds a formula (=1+1); paste it as a value."]
        assert batch.rows.get(number=3).values["standard_price"] == "2.5"

    def test_more_cells_than_headings_are_an_error_of_the_row(self, staged: Bring) -> None:
        assert "more cells than the header" in errors(staged("items", "sku,description\nBOLT-6,M6, long\n"))[0]

    def test_a_file_over_20_mb_is_refused(self, staged: Bring, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="at most 20 MB"):
            staged("items", b"sku,description\n" + b"A," + b"b" * django_settings.LIMIT_BODY_BYTES)

    @pytest.mark.slow
    def test_20_000_rows_are_staged_and_applied(self, bring: Bring) -> None:
        rows = "".join(f"N-{n},Nut {n},FAS,EA\n" for n in range(20_000))

        batch = bring("items", f"sku,description,category,base unit\n{rows}")

        assert (batch.row_count, batch.error_count, batch.applied_count) == (20_000, 0, 20_000)
