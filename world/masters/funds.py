"""Budgets of the cost centers, and how far an invoice may differ before somebody looks."""

from decimal import Decimal

from finance.budgets.models import Budget
from finance.matching.models import MatchTolerance
from foundation.door.births import bear
from world.events import Founded
from world.scene import WORLD, Scene

SIZES = {"1000": 900_000, "2000": 60_000, "3000": 25_000}


def found(scene: Scene) -> None:
    busier = max(1, scene.scale.orders / 10_000) / max(1, len(scene.sites) / 12)
    years = sorted({scene.first_day.year, scene.today.year})
    budgets = [
        Budget(
            entity=center.entity,
            cost_center=center,
            year=year,
            currency=center.entity.currency,
            amount=Decimal(round(SIZES[center.code[-4:]] * busier * scene.random.uniform(0.7, 1.3), -3)),
        )
        for year in years
        for centers in scene.centers.values()
        for center in centers
    ]
    bear(budgets, _founded, by=WORLD, at=scene.founding, key=scene.key())
    tolerances = [
        MatchTolerance(
            entity=entity,
            price_percent=Decimal(1),
            price_absolute=Decimal("0.05"),
            quantity_percent=Decimal(0),
            amount_absolute=Decimal("0.05"),
            straight_through_cap=Decimal(5000),
        )
        for entity in scene.entities.values()
    ]
    tolerances += [
        MatchTolerance(
            entity=scene.random.choice(list(scene.entities.values())), supplier=supplier, price_percent=Decimal(3)
        )
        for supplier in scene.random.sample(scene.suppliers, 2)
    ]
    bear(tolerances, _founded, by=WORLD, at=scene.founding, key=scene.key())


def _founded(row: Budget | MatchTolerance) -> Founded:
    return Founded(subject=row.subject, what=str(row))
