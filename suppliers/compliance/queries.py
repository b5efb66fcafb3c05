"""Failures as they count."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet, Sum

from suppliers.compliance.models import Failure
from suppliers.compliance.parameters import DAYS
from suppliers.suppliers.models import Supplier


def counting(supplier: Supplier, on: date) -> QuerySet[Failure]:
    """What counts on a day, latest first."""
    rows = Failure.objects.filter(supplier=supplier, on__gt=_since(on), on__lte=on)
    return rows.order_by("-on", "-pk")


def weight(supplier: Supplier, on: date) -> int:
    return counting(supplier, on).aggregate(total=Sum("weight"))["total"] or 0


def to_unwatch(on: date) -> QuerySet[Supplier]:
    """Watched, and the last failure that counted is older than failures count."""
    recent = Failure.objects.filter(on__gt=_since(on)).values("supplier")
    return Supplier.objects.filter(is_watched=True).exclude(pk__in=recent).order_by("pk")


def _since(on: date) -> date:
    noon = datetime.combine(on, time(12), UTC)
    return on - timedelta(days=DAYS.count(at=noon))
