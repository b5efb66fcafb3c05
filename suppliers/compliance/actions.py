"""Judge the risk of a supplier; note what it failed in, and watch it when that is too much."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.door.door import AS_IT_IS
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance.cases import actions as cases
from suppliers.compliance import queries
from suppliers.compliance.events import FailureNoted, RiskJudged, SupplierWatched
from suppliers.compliance.models import Failure
from suppliers.compliance.parameters import THRESHOLD
from suppliers.suppliers.asking import ask
from suppliers.suppliers.models import Supplier

CASE, CAUSE = "supplier_compliance", "threshold"


@verb
def judge(
    *, supplier: Supplier, risk: str, source: str, until: date | None, by: Actor, at: datetime, seen: int, key: str
) -> Supplier:
    """The class of its risk, who says so, and until when that counts. The matrix reads it from now on."""
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "block_supplier")
        if not source.strip():
            raise Refused(_("Say where the class comes from."))
        if until is not None and until < at.date():
            raise Refused(_("The judgment would be over already."))
        supplier.risk, supplier.risk_source = risk, source.strip()[:80]
        supplier.risk_judged_on, supplier.risk_until = at.date(), until
        told = RiskJudged(subject=supplier.subject, risk=risk, source=supplier.risk_source, until=until)
        journal.record(told, at=at)
    return supplier


@verb
def note_failure(
    *,
    supplier: Supplier,
    kind: str,
    on: date,
    weight: int = 1,
    about: str = "",
    note: str,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Supplier:
    """Keep one failure. When the points that count reach the threshold the supplier is watched, and a case says so."""
    with deciding(supplier, by=by, seen=AS_IT_IS, key=key) as supplier:
        allow(by, "edit_supplier")
        if not note.strip():
            raise Refused(_("Say what went wrong."))
        if on > at.date():
            raise Refused(_("A failure lies in the past."))
        said: dict[str, Any] = {
            "kind": kind,
            "on": on,
            "weight": weight,
            "about": about[:80],
            "note": note.strip()[:200],
        }
        Failure.objects.create(supplier=supplier, by=str(by), **said)
        journal.record(FailureNoted(subject=supplier.subject, **said), at=at)
        _weigh(supplier, by=by, at=at)
    return supplier


@verb
def weigh(*, supplier: Supplier, by: Actor, at: datetime, key: str) -> Supplier:
    """Failures grow old: see whether it is watched still."""
    with deciding(supplier, by=by, key=key) as supplier:
        if not _weigh(supplier, by=by, at=at):
            raise Refused(_("Nothing has changed."))
    return supplier


def _weigh(supplier: Supplier, *, by: Actor, at: datetime) -> bool:
    points = queries.weight(supplier, at.date())
    is_watched = points >= THRESHOLD.count(at=at)
    if is_watched == supplier.is_watched:
        return False
    supplier.is_watched = is_watched
    journal.record(SupplierWatched(subject=supplier.subject, weight=points, is_watched=is_watched), at=at)
    if is_watched:
        _open_case(supplier, points, by=by, at=at)
    else:
        cases.auto_resolve(kind=CASE, about=supplier.subject, cause=CAUSE, by=by, at=at)
    return True


def _open_case(supplier: Supplier, points: int, *, by: Actor, at: datetime) -> None:
    said = _("Its failures weigh %(points)s points: it counts as one class riskier until they are past.")
    ask(
        supplier,
        kind=CASE,
        cause=CAUSE,
        summary=said % {"points": points},
        facts={"points": points},
        page="risk/",
        by=by,
        at=at,
    )
