"""Whatever syntax a truck is told in, the same units are booked from it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.journal.relay import drain
from integration.canon.parts import Identifier, OrderReference, Party
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.cxml import outbound as cxml
from integration.cxml.header import Credentials
from integration.inbox import reading
from integration.inbox.matching import Doubts
from integration.inbox.ship_notices import ship_notice
from integration.ubl import outbound as ubl
from receiving.notices import ssccs
from receiving.notices.models import ShipNotice as Announced
from receiving.notices.models import UnitContent
from tests.integration.inbox.letters import arrives, item_of, known, letter
from tests.receiving import steps
from tests.scene import NOW, Scene, ordered

PARTIES = (
    Party(role="supplier", id="4012345500004", id_scheme="gln"),
    Party(role="buyer", id="8712345000004", id_scheme="gln"),
)


def as_ubl(notice: ShipNotice) -> bytes:
    return ubl.write(replace(notice, parties=PARTIES))


def as_cxml(notice: ShipNotice) -> bytes:
    us = (Identifier(scheme="duns", value="942888711"),)
    credentials = Credentials(origin=us, target=(Identifier(scheme="network", value="AN01"),), sender=us)
    how = {"secret": "open sesame", "payload_id": "1@nordfast.example", "sent_at": NOW}
    return cxml.write(notice, cxml.Envelope(credentials=credentials, **how))


WRITERS = {
    "x12": lambda notice: letter(notice, "x12"),
    "edifact": lambda notice: letter(notice, "edifact"),
    "ubl": as_ubl,
    "cxml": as_cxml,
}

contents = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 9), st.sampled_from(["", "L-1", "L-2"])), max_size=3)
"""(line of the order, quantity, lot)."""
some = contents.filter(bool)
trees = st.tuples(
    contents, st.lists(st.one_of(some, st.tuples(contents, st.lists(some, min_size=1, max_size=2))), max_size=3)
)
"""(on the floor of the truck, [a pallet's contents, or (a pallet's contents, its cartons')])."""


def truck(order: object, tree: tuple) -> ShipNotice:
    rows = {row.number: row for row in order.lines.select_related("item")}
    numbers = count(1)

    def lines(held: list) -> Iterator[NoticeLine]:
        for number, quantity, lot in held:
            about = OrderReference(number=order.number, line=str(number))
            how = {"quantity": Decimal(quantity), "unit": "EA", "order": about, "lot": lot}
            yield NoticeLine(number=str(next(places)), item=item_of(rows[number]), **how)

    def unit(held: list, package: str, *inside: HandlingUnit) -> HandlingUnit:
        sscc = ssccs.written(next(numbers), "8712345")
        return HandlingUnit(sscc=sscc, package=package, lines=tuple(lines(held)), units=inside)

    places = count(1)
    loose, pallets = tree
    units = [
        unit(each[0], "pallet", *(unit(held, "carton") for held in each[1]))
        if isinstance(each, tuple)
        else unit(each, "pallet")
        for each in pallets
    ]
    return ShipNotice(
        number="DN-7001",
        issued_on=date(2026, 3, 11),
        order=OrderReference(number=order.number),
        ships_on=date(2026, 3, 12),
        arrives_on=date(2026, 3, 14),
        lines=tuple(lines(loose)),
        units=tuple(units),
    )


@pytest.fixture
def order(scene: Scene):
    known(scene.supplier)
    return ordered(scene, items=4)


def booked(notice: ShipNotice, scene: Scene) -> list:
    """What stands on which unit, as the submission would say it."""
    doubts = Doubts()
    (wanted,) = ship_notice(notice, scene.supplier, doubts)
    assert not doubts.found
    lines = {place: (line["line"], line.get("lot", "")) for place, line in enumerate(wanted.body["lines"], 1)}
    labels = [unit["sscc"] for unit in wanted.body["units"]]
    units = sorted(
        (
            unit["sscc"],
            unit["package"],
            labels[unit["in"] - 1] if "in" in unit else "",
            sorted((*lines[held["line"]], held["quantity"]) for held in unit["holds"]),
        )
        for unit in wanted.body["units"]
    )
    return [sorted((line["line"], line.get("lot", ""), line["quantity"]) for line in wanted.body["lines"]), units]


@pytest.mark.parametrize("syntax", list(WRITERS))
def test_any_tree_reads_back_as_the_same_units(scene: Scene, order, syntax: str):
    @settings(max_examples=40)
    @given(trees.filter(lambda tree: tree[0] or tree[1]))
    def holds(tree: tuple) -> None:
        notice = truck(order, tree)

        (received,) = reading.read(WRITERS[syntax](notice), on=NOW.date())

        assert booked(received.document, scene) == booked(notice, scene)

    holds()


@pytest.mark.parametrize("syntax", ["x12", "edifact"])
def test_it_is_the_same_rows_in_the_end(scene: Scene, order, syntax: str):
    tree = ([(4, 5, "")], [([(1, 9, "L-1"), (1, 3, "L-2")], [[(2, 4, "")]]), [(1, 6, "L-1")]])

    message = arrives(WRITERS[syntax](truck(order, tree)))

    assert message.status == "applied", message.faults
    drain()
    notice = Announced._base_manager.get()
    rows = UnitContent.objects.everywhere(because=steps.TEST).order_by("unit__number", "line__number")
    told = rows.values_list("unit__number", "unit__around__number", "line__order_line__number", "line__lot", "quantity")
    assert list(told) == [(1, None, 1, "L-1", 9), (1, None, 1, "L-2", 3), (2, 1, 2, "", 4), (3, None, 1, "L-1", 6)]
    assert [(line.lot, line.quantity) for line in notice.lines.order_by("number")] == [
        ("", 5),
        ("L-1", 15),
        ("L-2", 3),
        ("", 4),
    ]
