"""The quantity law through the database: 5,000 random steps, each judged by the pure kernel as well.

Set-wise statements move the counters; whatever they say, the kernel must say too, and what it refuses the database
refuses as well.
"""

import os
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError

from foundation.door import opening
from procurement.orders import rules
from procurement.orders.actions import receive
from procurement.orders.models import PurchaseOrderLine
from procurement.orders.rules import Counters, Impossible, law
from tests.scene import NOW, SETUP, Scene, fresh, key, ordered

STEPS = int(os.environ.get("LAW_STEPS", "2500"))
QUANTITIES = [Decimal(text) for text in ("1", "3", "0.5", "40", "130", "0.000001")]
FIELDS = ("ordered", "open", "over", "received", "reopened", "cancelled")
KERNEL: dict[str, Callable[[Counters, Decimal], Counters]] = {
    "receive": rules.receive,
    "reverse": rules.reverse_receipt,
    "replace": lambda line, quantity: rules.send_back(line, quantity, replace=True),
    "give back": lambda line, quantity: rules.send_back(line, quantity, replace=False),
}


def stored(order: Any) -> dict[int, Counters]:
    rows = PurchaseOrderLine._base_manager.filter(order=order).values("pk", *FIELDS)
    return {row.pop("pk"): Counters(**row) for row in rows}


def act(order: Any, name: str, quantities: dict[int, Decimal]) -> None:
    how = {"order": order, "by": SETUP, "at": NOW}
    with opening(by=SETUP, key=key()):
        if name == "receive":
            receive.note_received(receipt="GR", counted=quantities, **how)
        elif name == "reverse":
            receive.note_reversed(receipt="GR", counted=quantities, **how)
        else:
            receive.note_sent_back(returned=quantities, replaced=name == "replace", **how)


def walk(scene: Scene, steps: int, seed: int) -> Counter[str]:
    """Steps of several lines at once, until they disagree or all are done."""
    dice, done = Random(seed), Counter[str]()
    order = ordered(scene, items=4, quantity=300)
    lines = stored(order)
    while sum(done.values()) < steps:
        name = dice.choice(list(KERNEL))
        chosen = dice.sample(list(lines), dice.randint(2, 4))
        quantities = {line: dice.choice(QUANTITIES) for line in chosen}
        try:
            wanted = {line: KERNEL[name](lines[line], quantity) for line, quantity in quantities.items()}
        except Impossible:
            with pytest.raises(IntegrityError):
                act(fresh(order), name, quantities)
            done[f"{name} refused"] += len(chosen)
        else:
            act(fresh(order), name, quantities)
            done[name] += len(chosen)
            lines |= wanted
        assert stored(order) == lines, (name, quantities)
        assert [broken for line in lines.values() for broken in law(line)] == []
    return done


@pytest.mark.slow
def test_the_database_says_what_the_kernel_says(scene: Scene) -> None:
    done = walk(scene, STEPS, seed=7)

    assert all(done[name] > 100 for name in KERNEL), done
    assert sum(done[f"{name} refused"] for name in KERNEL) > 100, done


def test_twin_with_a_careless_statement_is_caught(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "TAKE_OUT", receive.TAKE_OUT.replace("greatest(r.quantity - l.over, 0)", "r.quantity"))

    with pytest.raises((AssertionError, IntegrityError)):
        walk(scene, 500, seed=7)
