"""Publish what upper floors computed. Only what differs from what stands is written, so publishing twice is nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction

from suppliers.scorecards import parameters, rules
from suppliers.scorecards.glossary import DEFINITIONS, Charged, Contest
from suppliers.scorecards.models import Score, Scorecard, ScoreCase, Standing
from suppliers.scorecards.rules import Case

COMPUTED = "figures are computed from everything"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One case as it was computed. ``facts`` are plain values: they fill the sentence of ``code``."""

    measure: str
    subject: str
    site_id: int
    happened_on: date
    label: str
    url: str
    order_public_id: UUID | None
    is_good: bool
    code: str
    value: Decimal | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    charged: str = Charged.NOBODY.value
    contest: str = Contest.NONE.value
    answer: str = ""

    @property
    def month(self) -> date:
        return self.happened_on.replace(day=1)


COLUMNS = [
    *("site_id", "month", "happened_on", "label", "url", "order_public_id", "is_good", "value", "code", "facts"),
    *("charged", "contest", "answer"),
]
FIGURES = ["n", "good", "value", "excluded", "excluded_good"]


def publish(*, supplier_id: int, since: date, counted: Iterable[Counted], at: datetime) -> None:
    """Put these cases and their figures in place of those from the month ``since`` on. Older months stay."""
    minimum = parameters.MINIMUM.count(at=at)
    with transaction.atomic():
        Scorecard.objects.get_or_create(supplier_id=supplier_id, defaults={"computed_at": at, "minimum": minimum})
        Scorecard.objects.select_for_update(no_key=True).get(pk=supplier_id)
        rows = [
            ScoreCase(supplier_id=supplier_id, month=one.month, **(asdict(one) | {"value": _kept(one.value)}))
            for one in counted
        ]
        _replace(ScoreCase, rows, ("measure", "subject"), COLUMNS, _of(ScoreCase, supplier_id, since))
        scores = _scores(rows, supplier_id, at)
        key = ("supplier_id", "measure", "month", "site_id")
        _replace(Score, scores, key, FIGURES, _of(Score, supplier_id, since), also=("computed_at",))
        Scorecard.objects.filter(pk=supplier_id).update(computed_at=at, minimum=minimum)


def rank(*, since: date, at: datetime) -> None:
    """Say in which quarter each supplier stands with each measure, and what it is held to."""
    minimum, rows = parameters.MINIMUM.count(at=at), []
    sums = (
        Score.objects.everywhere(because=COMPUTED)
        .filter(month__gte=since, measure__in=parameters.TARGETS)
        .values("measure", "supplier_id")
        .annotate(all=models.Sum("n"), well=models.Sum("good"))
        .order_by("measure", "supplier_id")
    )
    shares: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for row in sums:
        if row["all"] >= minimum and (share := rules.share(row["well"], row["all"])) is not None:
            shares[row["measure"]][row["supplier_id"]] = share
    known = list(Scorecard.objects.order_by("pk").values_list("pk", flat=True))
    for measure, parameter in parameters.TARGETS.items():
        quarters, target = rules.quarters(shares[measure]), parameter.count(at=at)
        rows += [Standing(supplier_id=pk, measure=measure, quarter=quarters.get(pk), target=target) for pk in known]
    _replace(Standing, rows, ("supplier_id", "measure"), ["quarter", "target"], Standing.objects.all())


def _of(kind: Any, supplier_id: int, since: date) -> models.QuerySet:
    return kind.objects.everywhere(because=COMPUTED).filter(supplier_id=supplier_id, month__gte=since)


def _kept(value: Decimal | None) -> Decimal | None:
    return None if value is None else rules.half_up(value, rules.PLACES)


def _scores(cases: list[ScoreCase], supplier_id: int, at: datetime) -> list[Score]:
    groups: dict[tuple[int, date, str], list[Case]] = defaultdict(list)
    for case in cases:
        is_out = case.contest == Contest.EXCLUDED
        groups[case.site_id, case.month, case.measure].append(Case(case.is_good, case.value, is_out))
    made = []
    for (site, month, measure), group in sorted(groups.items()):
        found = rules.tally(group)
        values = [one.value for one in group if one.value is not None and not one.is_excluded]
        made.append(
            Score(
                supplier_id=supplier_id,
                site_id=site,
                month=month,
                measure=measure,
                n=found.n,
                good=found.good,
                value=rules.median(values) if DEFINITIONS[measure].is_variance else found.share,
                excluded=found.excluded,
                excluded_good=found.excluded_good,
                computed_at=at,
            )
        )
    return made


def _replace(
    kind: Any,
    rows: list[Any],
    key: tuple[str, ...],
    columns: list[str],
    standing: models.QuerySet,
    also: tuple[str, ...] = (),
) -> None:
    """Rows that differ are written over what has their key, what nobody counted any more goes."""
    old = {tuple(getattr(row, name) for name in key): row for row in standing}
    new = {tuple(getattr(row, name) for name in key): row for row in rows}
    differing = [
        row
        for where, row in new.items()
        if where not in old or any(getattr(old[where], name) != getattr(row, name) for name in columns)
    ]
    kind._base_manager.filter(pk__in=[row.pk for where, row in old.items() if where not in new]).delete()
    kind._base_manager.bulk_create(
        differing,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=[_field(kind, name) for name in key],
        update_fields=[_field(kind, name) for name in (*columns, *also)],
    )


def _field(kind: Any, column: str) -> str:
    return next(field.name for field in kind._meta.concrete_fields if field.attname == column)
