"""Two clerks with the same paper: threads that truly commit."""

import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from finance.invoices.models import Invoice
from tests.committed import collide, own_database
from tests.scene import NOW, TODAY, Scene, build, key

ROUNDS = 12
capturing = sys.modules["finance.invoices.actions.capture"]  # the package has an action of the same name


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database() as name:
        yield name


@pytest.fixture(scope="module")
def committed(db: str) -> Scene:
    return build()


@pytest.mark.slow
class TestTheSameNumberAtTheSameInstant:
    def test_counts_once_and_the_other_is_told(self, committed: Scene):
        numbers, endings = self.endings(committed)

        assert Counter(ending.partition(": ")[2] for ending in endings.elements()) == {"ok": ROUNDS, "Refused": ROUNDS}
        known = Invoice.objects.everywhere(because="test").filter(supplier_number__in=numbers)
        assert known.count() == ROUNDS

    def test_would_be_an_error_if_they_did_not_wait(self, committed: Scene, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(capturing, "_alone", lambda invoice: None)

        assert any("SURPRISE" in str(self.endings(committed)[1]) for _ in range(10))  # damage is shown once it is met

    def endings(self, scene: Scene) -> tuple[list[str], Counter[str]]:
        def capture(number: str) -> None:
            invoices.capture(
                entity=scene.entity,
                supplier=scene.supplier,
                supplier_number=number,
                invoiced_on=TODAY,
                currency="EUR",
                charged=[Charged(description="Bolts", quantity=Decimal(1), price=Decimal(2), amount=Decimal(2))],
                tax_amount=Decimal(0),
                total_amount=Decimal(2),
                by=scene.people["clerk"].actor,
                at=NOW,
                key=key(),
            )

        def first(number: str) -> None:
            capture(number)

        def second(number: str) -> None:
            capture(number)

        scenes, endings = collide(ROUNDS, lambda: [f"N-{key()}"], first, second)
        return [number for (number,) in scenes], endings
