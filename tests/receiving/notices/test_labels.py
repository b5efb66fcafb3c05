"""Labels are printed and read again by a decoder that knows nothing of us."""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import typst
import zxingcpp
from PIL import Image

from receiving.notices import barcodes, labels, zpl
from receiving.notices.labels import data_of, modules_of, words_of
from receiving.notices.rules import Held, Packed, PackedUnit
from tests.receiving.notices.test_actions import truck
from tests.scene import Scene, ordered

GTIN = "04006381333931"
SSCC = "340012345000001230"


@pytest.fixture
def notice(scene: Scene) -> Any:
    """Three pallets: one thing of one lot, two things, and a carton in a pallet."""
    scene.items[0].gtin = GTIN
    scene.items[0].save()
    order = ordered(scene, items=2)
    first, second = order.lines.order_by("number")
    lines = [Packed(first.pk, Decimal(100), "L-26/a", date(2027, 3, 1)), Packed(second.pk, Decimal(100))]
    units = [
        PackedUnit(1, (Held(1, Decimal(60)),)),
        PackedUnit(2, (Held(1, Decimal(40)), Held(2, Decimal(70)))),
        PackedUnit(3, package="PX"),
        PackedUnit(4, (Held(2, Decimal(30)),), package="CT", around=3),
    ]
    made = truck(scene, order, *units, packed=lines, sscc_prefix="8712345")
    return type(made)._base_manager.select_related("site").get(pk=made.pk)


def printed(notice: Any, size: str, monkeypatch: Any) -> list[Image.Image]:
    """The pages as pictures of 300 dots an inch, by the very template that makes the PDF."""
    compile_ = typst.compile

    def as_png(template: str, **how: Any) -> Any:
        return compile_(template, **{**how, "format": "png", "ppi": 300})

    monkeypatch.setattr(typst, "compile", as_png)
    pages = labels.pdf(notice, "Nordfast AG", size=size)
    return [Image.open(io.BytesIO(page)) for page in (pages if isinstance(pages, list) else [pages])]


def read(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found]


@pytest.mark.parametrize(("size", "pages"), [("a6", 4), ("a5", 4), ("a4", 1)])
def test_every_label_scans_back_to_its_unit(notice: Any, size: str, pages: int, monkeypatch: Any):
    pictures = printed(notice, size, monkeypatch)

    codes = [barcodes.read(text) for picture in pictures for text in read(picture)]

    assert len(pictures) == pages
    units = {unit.sscc: unit for unit in notice.units.all()}
    assert sorted(code.sscc for code in codes if code.sscc) == sorted(units)
    whole = [(code.gtin, code.count) for code in codes if code.gtin]
    assert whole == [(GTIN, 60)]


def test_lot_and_best_before_stand_on_a_pallet_of_one_thing(notice: Any, monkeypatch: Any):
    (first, *_rest) = printed(notice, "a5", monkeypatch)

    texts = read(first)

    assert any("10L-26/a" in text for text in texts), texts
    assert any("15270301" in text for text in texts), texts


def test_a_pdf_is_the_same_bytes_every_time(notice: Any):
    first, second = (labels.pdf(notice, "Nordfast AG") for _ in range(2))

    assert first.startswith(b"%PDF")
    assert first == second


def drawn(modules: str) -> Image.Image:
    picture = Image.new("L", (len(modules) * 3 + 60, 80), 255)
    for place, sign in enumerate(modules):
        if sign == "1":
            picture.paste(0, (30 + place * 3, 10, 33 + place * 3, 70))
    return picture


@pytest.mark.parametrize(
    "elements",
    [
        [("00", SSCC)],
        [("02", GTIN), ("37", "480")],
        [("02", GTIN), ("37", "7")],
        [("15", "270301"), ("10", "L-26/a")],
        [("10", "12345"), ("37", "48")],
        [("10", "A1b2>C"), ("21", "x")],
    ],
)
def test_whatever_is_said_is_read(elements: list):
    (code,) = zxingcpp.read_barcodes(drawn(modules_of(elements)), text_mode=zxingcpp.TextMode.HRI)

    assert code.symbology_identifier == "]C1"
    assert code.text == words_of(elements).replace(" ", "")


def test_a_symbol_that_would_be_too_fine_is_not_printed():
    long = [("10", "ABCDEFGHIJKLMNOPQRST")]

    assert labels._bars([long], "a6") == []
    assert len(labels._bars([[("15", "270301"), ("10", "ABCDEFGH")]], "a6")) == 2


BC = re.compile(r"\^BY4\^BCN,256,N,N,N,N\^FH_\^FD>;(.*?)\^FS")


def spoken(field: str) -> str:
    """What a printer makes of the field of a ^BC, back to the element string."""
    found = ""
    for code, text in re.findall(r"(>[0-9;:<=])|([^>]+)", field.removeprefix(">8")):
        found += {">8": labels.FNC1, ">0": ">"}.get(code, "") + re.sub(
            r"_([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), text
        )
    return found


def test_zpl_says_the_same_symbols(notice: Any):
    sheets = zpl.write(notice, "Nordfast ^AG").decode()

    assert (sheets.count("^XA"), sheets.count("^XZ")) == (4, 4)
    assert "Nordfast _5EAG" in sheets
    said = [spoken(field) for field in BC.findall(sheets)]
    wanted = [data_of(part) for label in labels.labels_of(notice, "") for part in zpl._fitting(label.symbols)]
    assert said == wanted
    assert f"00{notice.units.get(number=1).sscc}" in said
    assert f"02{GTIN}3760" in said
