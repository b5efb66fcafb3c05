"""What a supplier writes wrongly is answered in a sentence; nothing is parked, and nothing happens."""

from datetime import date
from typing import Any

import pytest

from foundation.journal.models import Delivery
from foundation.journal.relay import drain
from suppliers.submissions import actions as submissions
from suppliers.submissions import reading
from suppliers.submissions.models import Submission
from tests.scene import NOW, Scene, fresh, key, ordered

TRUCK = {
    "reference": "DN-1",
    "ships_on": "2026-03-10",
    "arrives_on": "2026-03-16",
    "packages": "2",
    "lines": [{"line": 1, "quantity": "5"}],
}
ANSWER = {"revision": 1, "lines": [{"line": 1, "quantity": "5", "on": "2026-03-16", "reason": "late"}]}
BILLED = {"line": 1, "description": "Bolt", "quantity": "5", "price": "2", "amount": "10", "tax": "0"}
BILL = {"number": "R-1", "date": "2026-03-16", "tax": "0", "total": "10", "lines": [BILLED]}
RIGHT = {"ship_notice": TRUCK, "confirmation": ANSWER, "invoice": BILL}


def says(scene: Scene, kind: str, body: dict[str, Any]) -> Submission:
    order = ordered(scene)
    said = submissions.submit(
        supplier=scene.supplier,
        kind=kind,
        about=order.public_id,
        channel="api",
        body=body | ({"order": order.number} if kind == "invoice" else {}),
        by=scene.supplier_actor,
        at=NOW,
        key=key(),
    )
    drain()
    return fresh(said)


def spoiled(kind: str, field: str, value: Any) -> dict[str, Any]:
    """The right body with one field, of the body or of its first line, as it must not be written."""
    body = dict(RIGHT[kind])
    if field in body:
        return body | {field: value}
    return body | {"lines": [body["lines"][0] | {field: value}]}


WRONG = [
    ("ship_notice", "ships_on", "10.03.2026", "ships_on: “10.03.2026” is no date; write it like 2026-03-31."),
    ("ship_notice", "arrives_on", None, "arrives_on: nothing is no date; write it like 2026-03-31."),
    ("ship_notice", "line", "first", "line: “first” is no whole number; write it like 3."),
    ("ship_notice", "quantity", "1,5", "quantity: Not a number; use digits like 12.5."),
    ("ship_notice", "quantity", {"of": 5}, "quantity: Not a number; use digits like 12.5."),
    ("ship_notice", "expires_on", "soon", "expires_on: “soon” is no date; write it like 2026-03-31."),
    ("ship_notice", "packages", "99999999999", "packages: “99999999999” is no whole number; write it like 3."),
    ("ship_notice", "lines", "all of it", "lines: write a list, each entry with named fields."),
    ("ship_notice", "lines", [7], "lines: write a list, each entry with named fields."),
    ("confirmation", "revision", "one", "revision: “one” is no whole number; write it like 3."),
    ("confirmation", "on", "next week", "on: “next week” is no date; write it like 2026-03-31."),
    ("confirmation", "price", "2 EUR", "price: Not a number; use digits like 12.5."),
    ("confirmation", "split", [{"quantity": "5"}], "on: nothing is no date; write it like 2026-03-31."),
    ("invoice", "date", "16/03/2026", "date: “16/03/2026” is no date; write it like 2026-03-31."),
    ("invoice", "total", None, "total: Not a number; use digits like 12.5."),
    ("invoice", "amount", "ten", "amount: Not a number; use digits like 12.5."),
]


@pytest.mark.parametrize(("kind", "field", "value", "sentence"), WRONG)
def test_a_malformed_field_is_answered(scene: Scene, kind: str, field: str, value: Any, sentence: str) -> None:
    said = says(scene, kind, spoiled(kind, field, value))

    assert (said.status, said.answer) == ("refused", {"reasons": [sentence]})
    assert not Delivery.objects.filter(status="parked").exists()


@pytest.mark.parametrize("kind", RIGHT)
def test_the_right_body_is_taken(scene: Scene, kind: str) -> None:
    said = says(scene, kind, RIGHT[kind])

    assert said.status == "applied", said.answer


def test_an_impossible_value_is_answered_too(scene: Scene) -> None:
    said = says(scene, "invoice", BILL | {"currency": "EURO"})

    assert (said.status, said.answer) == ("refused", {"reasons": ["A currency is three capital letters such as EUR."]})


def test_without_the_reader_the_delivery_fails(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant: read as Python reads, and a wrong date is a fault of ours."""
    monkeypatch.setattr(reading, "day", lambda said, name: date.fromisoformat(said[name]))

    with pytest.raises(ValueError, match="Invalid isoformat"):
        says(scene, "ship_notice", spoiled("ship_notice", "ships_on", "10.03.2026"))
