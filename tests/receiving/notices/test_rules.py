"""What a truck must be like, without a database; each guard with its twin."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from receiving.notices import barcodes, rules, ssccs
from receiving.notices.rules import Held, Packed, PackedUnit, Wants, below, missing, objections

SSCC = "340012345000001230"
LINES = [Packed(7, Decimal(480)), Packed(8, Decimal(20), lot="L-1")]
PALLET = PackedUnit(1, (Held(1, Decimal(480)),), SSCC)
CARTON = PackedUnit(2, (Held(2, Decimal(20)),), "106141412345678908", "CT", around=1)


def test_a_sound_truck_meets_no_objection():
    assert objections(LINES, [PALLET, CARTON]) == []
    assert objections(LINES, []) == []


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (
            [replace(PALLET, holds=(Held(1, Decimal(479)),)), CARTON],
            "Line 1: 479 stand on the units, 480 are announced",
        ),
        ([PALLET, replace(PALLET, number=2, sscc="")], "Line 1: 960 stand on the units"),
        ([replace(PALLET, sscc="340012345000001231")], "the last digit does not agree"),
        ([replace(PALLET, sscc="34001234500000123")], "is no SSCC: it has 18 digits"),
        ([PALLET, replace(CARTON, sscc=SSCC)], f"SSCC {SSCC} stands on 2 units"),
        ([replace(PALLET, around=2), replace(CARTON, around=1)], "stands in itself"),
        ([replace(PALLET, around=1)], "Unit 1 stands in itself"),
        ([PALLET, replace(CARTON, around=9)], "Unit 2 stands in unit 9, which is not there"),
        ([PALLET, replace(CARTON, number=1)], "the same number"),
        ([replace(PALLET, package="pallet")], "is no package code"),
        ([replace(PALLET, holds=(Held(1, Decimal(240)),) * 2)], "names a line twice"),
        ([replace(PALLET, gross_weight=Decimal(0))], "its weight must be more than zero"),
        ([replace(PALLET, holds=(Held(3, Decimal(1)),))], "holds line 3, which is not on the notice"),
        ([replace(PALLET, holds=(Held(1, Decimal(0)),))], "the quantity must be more than zero"),
        ([replace(PALLET, holds=(Held(1, Decimal(480), ("S-9",)),))], "does not have the serial number"),
        ([PackedUnit(n, around=n - 1 if n > 1 else None) for n in range(1, 11)], "more than 8 deep"),
    ],
)
def test_what_is_wrong_is_said(units, said):
    (sentence,) = objections(LINES, units)

    assert said in sentence


def test_a_serial_number_is_there_once():
    twice = [Packed(7, Decimal(1), lot="A", serials=("S-1",)), Packed(7, Decimal(1), lot="B", serials=("S-1",))]
    others = [twice[0], replace(twice[1], order_line_id=8)]

    assert objections(twice, []) == ["Line 2: serial number S-1 is there twice."]
    assert objections(others, []) == []


@pytest.mark.parametrize(
    ("wants", "line", "said"),
    [
        (Wants("GLUE", lot=True), {"lot": "L-1"}, "say which lot it is"),
        (Wants("GLUE", expiry=True), {"expires_on": date(2027, 1, 1)}, "say until when it keeps"),
        (Wants("PUMP", serials=True), {"serials": ("1", "2")}, "2 serial numbers are needed, 0 are given"),
    ],
)
def test_what_the_item_wants_is_asked_for(wants, line, said):
    bare = Packed(7, Decimal(2))

    (sentence,) = missing([bare], [], [wants])

    assert said in sentence
    assert missing([replace(bare, **line)], [], [wants]) == []


def test_pieces_are_not_split_between_pallets():
    line = Packed(7, Decimal(3))
    halves = [PackedUnit(n, (Held(1, Decimal("1.5")),)) for n in (1, 2)]

    assert "whole pieces" in missing([line], halves, [Wants("PUMP", is_whole=True)])[0]
    assert missing([line], halves, [Wants("OIL")]) == []


@pytest.mark.parametrize("prefix", ["871234", "8712345", "400638133", "871234500000"])
def test_an_sscc_of_ours_is_one(prefix):
    made = [ssccs.written(number, prefix) for number in (0, 7, 10 ** (17 - len(prefix)) - 1)]

    assert [rules.why_no_sscc(sscc) for sscc in made] == ["", "", ""]
    assert all(sscc[1 : 1 + len(prefix)] == prefix for sscc in made)
    assert len(set(made)) == 3


def test_what_stands_in_a_pallet_is_all_that_is_below_it():
    around = {1: None, 2: 1, 3: 2, 4: None, 5: 4}

    assert below(around.items(), 1) == {1, 2, 3}
    assert below(around.items(), 5) == {5}


@pytest.mark.parametrize("text", ["(00)340012345000001230", "00340012345000001230", "340 0123 4500 0001 230"])
def test_an_sscc_is_found_in_whatever_way_it_is_written(text):
    assert barcodes.bare_sscc(text) == SSCC
