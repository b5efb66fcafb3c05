"""Questions to scorecards: one supplier's card, the cases behind a figure, all suppliers side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, DecimalField, QuerySet, Sum

from foundation.values.actor import Actor
from organization.items.models import Category
from suppliers.scorecards.figures import Figure, Month
from suppliers.scorecards.glossary import DEFINITIONS, SCORED, VARIANCES, Contest, Measure
from suppliers.scorecards.models import Score, Scorecard, ScoreCase, Standing
from suppliers.scorecards.rules import Tally
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.models import Supplier

MONTHS = 12
MOST = 200
"""Suppliers on one page."""
MEDIAN, NINTH = "0.5", "0.9"


class Rank(Aggregate):
    """The nearest rank (``rules.rank``), worked out by the database."""

    function = "percentile_disc"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DecimalField(max_digits=12, decimal_places=4)


@dataclass(frozen=True)
class Card:
    """What one reader may see of one supplier's figures."""

    figures: list[Figure]
    variances: list[Figure]
    computed_at: datetime
    minimum: int


@dataclass(frozen=True)
class Row:
    """One supplier beside others; measure -> tally, in the order of the columns."""

    supplier: Supplier
    tallies: list[tuple[Any, Tally, bool]]
    """Definition, tally, whether it is enough."""


def months_until(last: date, count: int = MONTHS) -> list[date]:
    """First days of months, the month of ``last`` being the last."""
    numbers = range(last.year * 12 + last.month - count, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def card(supplier_id: int, actor: Actor) -> Card | None:
    """None before the first figures are computed. Five queries."""
    head = Scorecard.objects.filter(pk=supplier_id).first()
    if head is None:
        return None
    months = months_until(head.computed_at.date())
    scores = Score.objects.visible_to(actor).filter(supplier=supplier_id, month__gte=months[0])
    by_month: dict[tuple[str, date], Tally] = {
        (row["measure"], row["month"]): _tally(row)
        for row in scores.values("measure", "month").annotate(**SUMS).order_by("measure", "month")
    }
    valued = (
        ScoreCase.objects.visible_to(actor)
        .filter(supplier=supplier_id, month__gte=months[0], value__isnull=False)
        .exclude(contest=Contest.EXCLUDED)
    )
    ranks = valued.values("measure").annotate(median=Rank("value", part=MEDIAN), ninth=Rank("value", part=NINTH))
    overall = {row["measure"]: (row["median"], row["ninth"]) for row in ranks.order_by("measure")}
    medians = valued.filter(measure__in=[one.key for one in VARIANCES]).values("measure", "month")
    monthly = {
        (row["measure"], row["month"]): row["median"]
        for row in medians.annotate(median=Rank("value", part=MEDIAN)).order_by("measure", "month")
    }
    standings = {row.measure: row for row in Standing.objects.filter(supplier=supplier_id)}
    figures = []
    for one in DEFINITIONS.values():
        key, stands = one.key.value, standings.get(one.key.value)
        tallies = [by_month.get((key, month), Tally()) for month in months]
        figures.append(
            Figure(
                of=one,
                tally=sum(tallies, Tally()),
                months=[
                    Month(month, tally, monthly.get((key, month)) if one.is_variance else tally.share)
                    for month, tally in zip(months, tallies, strict=True)
                ],
                minimum=head.minimum,
                target=stands.target if stands else one.target,
                quarter=stands.quarter if stands else None,
                median=overall.get(key, (None, None))[0],
                ninth=overall.get(key, (None, None))[1],
            )
        )
    scored = [one for one in figures if not one.of.is_variance]
    return Card(scored, [one for one in figures if one.of.is_variance], head.computed_at, head.minimum)


SUMS = {f"sum_{name}": Sum(name) for name in ("n", "good", "excluded", "excluded_good")}


def _tally(row: dict[str, Any]) -> Tally:
    return Tally(row["sum_n"], row["sum_good"], row["sum_excluded"], row["sum_excluded_good"])


def score_rows(actor: Actor) -> QuerySet[Score]:
    """Figures by month, as they are published."""
    return Score.objects.visible_to(actor).select_related("supplier", "site")


def cases_of(supplier_id: int, measure: str, actor: Actor) -> QuerySet[ScoreCase]:
    """The cases of one figure; what happened last comes first."""
    rows = ScoreCase.objects.visible_to(actor).filter(supplier=supplier_id, measure=measure)
    return rows.select_related("site")


def side_by_side(
    actor: Actor,
    *,
    since: date,
    measure: str = Measure.ON_TIME.value,
    site: int | None = None,
    category: Category | None = None,
    minimum: int,
) -> list[Row]:
    """Suppliers, those first that do worst by one measure; who has too few cases of it comes last. Two queries."""
    scores = Score.objects.visible_to(actor).filter(month__gte=since, measure__in=[one.key for one in SCORED])
    if site:
        scores = scores.filter(site=site)
    if category:
        sold = SupplierItem.objects.filter(item__category__path__startswith=category.path)
        scores = scores.filter(supplier__in=sold.values("supplier"))
    found: dict[int, dict[str, Tally]] = defaultdict(dict)
    for row in scores.values("supplier_id", "measure").annotate(**SUMS).order_by("supplier_id", "measure"):
        found[row["supplier_id"]][row["measure"]] = _tally(row)

    def standing(pk: int) -> tuple[bool, Decimal, int]:
        tally = found[pk].get(measure, Tally())
        return tally.n < minimum, tally.share or Decimal(0), pk

    first = sorted(found, key=standing)[:MOST]
    suppliers = Supplier.objects.select_related("party").in_bulk(first)
    return [Row(suppliers[pk], _in_order(found[pk], minimum)) for pk in first]


def _in_order(tallies: dict[str, Tally], minimum: int) -> list[tuple[Any, Tally, bool]]:
    rows: Sequence[tuple[Any, Tally]] = [(one, tallies.get(one.key.value, Tally())) for one in SCORED]
    return [(one, tally, tally.n >= minimum) for one, tally in rows]
