"""Who must say yes to this, and who may speak for whom: the questions documents and approvals ask of authority."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.journal.models import Entry
from foundation.scopes.permissions import may
from foundation.values.actor import Actor
from foundation.values.money import Money
from governance.authority import matrices
from governance.authority.events import MatrixPlanned, MatrixPublished, RulesSet
from governance.authority.facts import WORDS, Facts, Level, Rule
from governance.authority.lifecycle import MatrixState
from governance.authority.models import AuthorityMatrix, Delegation, MatrixRule
from governance.authority.rules import Plan, Route
from organization.entities.models import LegalEntity
from organization.items.queries import ancestors


@dataclass(frozen=True)
class Routed:
    """A route with what it was found by: the matrix version and the facts, which replay reads again."""

    matrix: AuthorityMatrix | None
    route: Route
    facts: dict[str, Any]

    @property
    def objections(self) -> list[str]:
        """Why the document cannot be asked about at all: forbidden outright, or nobody is named for it."""
        if self.route.forbidden:
            return list(self.route.forbidden)
        if not self.route.gap:
            return []
        if self.matrix is None:
            return [_("No authority matrix is in force. Publish one before anything can be approved.")]
        return [str(self.route.gap_reason)]

    def noting(self, **words: str) -> "Routed":
        """The same, with what else is to be kept beside the facts; no rule reads it."""
        return replace(self, facts=self.facts | words)

    @property
    def proof(self) -> list[dict[str, Any]]:
        """Each rule that took part, by its number, with every comparison as a sentence."""
        return [
            {"rule": proof.rule, "because": [str(comparison.reason) for comparison in proof.comparisons]}
            for proof in self.route.proof
        ]


def in_force(at: datetime) -> AuthorityMatrix | None:
    """The version that decides at an instant: the last that began by then, whatever the clock's task has said of it.

    Begins differ and never change once they have passed, so it is one version at any instant, and always the same.
    """
    return AuthorityMatrix.objects.filter(effective_at__lte=at).order_by("-effective_at").first()


def active_matrix() -> AuthorityMatrix | None:
    """The one that a newly published version takes the place of."""
    return AuthorityMatrix.objects.filter(status=MatrixState.ACTIVE).first()


def planned_matrix() -> AuthorityMatrix | None:
    return AuthorityMatrix.objects.filter(status=MatrixState.PLANNED).first()


def begun() -> QuerySet[AuthorityMatrix]:
    """Planned versions whose time has come, by the database's clock: one that runs ahead here puts nothing in force."""
    return AuthorityMatrix.objects.filter(status=MatrixState.PLANNED, effective_at__lte=Now())


def wrote(matrix: AuthorityMatrix, by: Actor) -> bool:
    """Whether the actor ever set rules of this version, though somebody else may have done so since."""
    return Entry.objects.filter(subject=matrix.subject, name=RulesSet.name, by=str(by)).exists()


def published_digest(matrix: AuthorityMatrix) -> str | None:
    """The hash over the rules that the journal keeps from the moment they were published."""
    names = [MatrixPlanned.name, MatrixPublished.name]
    told = Entry.objects.filter(subject=matrix.subject, name__in=names).order_by("number").last()
    return told.facts["digest"] if told else None


class LinePlace(NamedTuple):
    """Whose a line is follows from these, with the document's entity and cost center."""

    number: int
    site_id: int
    category_id: int


def route_for(
    *,
    kind: str,
    entity_id: int,
    site_id: int | None,
    category_ids: Iterable[int],
    amount: Decimal,
    cost_center_id: int | None = None,
    cumulative: Decimal | None = None,
    at: datetime,
    matrix: AuthorityMatrix | None = None,
    lines: Iterable[LinePlace] = (),
    **words: str,
) -> Routed:
    """The route of a document by the matrix in force at an instant, or by ``matrix`` for a trial run.

    Amounts are in the entity's currency. ``cumulative`` is what this and related documents come to; the larger
    amount decides, so that splitting never lowers the route. ``lines`` are read where somebody is asked line by line.
    ``words`` are further inputs by name (``facts.WORDS``); what is not said is as usual. Three queries, and one more
    when the matrix is new to this process.
    """
    asked = LegalEntity.objects.values_list("currency", "tax_on_limits", "timezone").get(pk=entity_id)
    currency, percent, on = asked[0], asked[1], at.astimezone(ZoneInfo(asked[2])).date()
    above = ancestors(set(category_ids))
    facts = Facts(
        kind=kind,
        entity=entity_id,
        site=site_id or 0,
        amount=_against_limits(amount, percent, currency),
        cumulative=None if cumulative is None else _against_limits(cumulative, percent, currency),
        with_tax=bool(percent),
        categories=tuple((category, path[:-1]) for category, path in sorted(above.items())),
        cost_center=cost_center_id,
        **{name: WORDS[name](word) for name, word in words.items()},
    )
    matrix = matrix or in_force(at)
    route = matrices.compiled_for(matrix, kind, on).decide(facts) if matrix else Route(facts, (), Plan())
    kept = {**as_kept(facts), "on": on.isoformat()}
    if any(step.at == Level.LINES for step in route.steps):
        kept["lines"] = [list(line) for line in lines]
    return Routed(matrix, route, kept)


def _against_limits(amount: Decimal, percent: Decimal, currency: str) -> Money:
    """The amount as the entity's limits mean it: net, or with its tax, rounded once."""
    return Money(amount * (100 + percent) / 100, currency).rounded() if percent else Money(amount, currency)


def as_kept(facts: Facts) -> dict[str, Any]:
    """Facts as plain values, for the request's row."""
    return {
        "kind": facts.kind,
        "entity": facts.entity,
        "site": facts.site or None,
        "cost_center": facts.cost_center,
        "categories": {str(category): list(above) for category, above in facts.categories},
        "amount": str(facts.amount.amount),
        "cumulative": None if facts.cumulative is None else str(facts.cumulative.amount),
        "currency": facts.amount.currency,
        "with_tax": facts.with_tax,
        **{name: getattr(facts, name) for name in WORDS},
    }


def day_of(kept: dict[str, Any]) -> date | None:
    """The day of facts that were kept: which rules take part."""
    return date.fromisoformat(kept["on"]) if kept.get("on") else None


def from_kept(kept: dict[str, Any]) -> Facts:
    """The inverse of ``as_kept``; an input that did not exist when the facts were kept is as usual."""
    currency = kept["currency"]
    return Facts(
        kind=kept["kind"],
        entity=kept["entity"],
        site=kept["site"] or 0,
        amount=Money(Decimal(kept["amount"]), currency),
        cumulative=None if kept["cumulative"] is None else Money(Decimal(kept["cumulative"]), currency),
        with_tax=kept.get("with_tax", False),
        categories=tuple((int(category), tuple(above)) for category, above in kept["categories"].items()),
        cost_center=kept["cost_center"],
        **{name: kind(kept[name]) for name, kind in WORDS.items() if name in kept},
    )


def loans(
    *, at: datetime, givers: Iterable[int] | None = None, takers: Iterable[int] | None = None
) -> QuerySet[Delegation]:
    """Delegations that have not ended at this instant, those that begin later included."""
    living = Q(ended_at=None, ends_at__gt=at, taker__is_active=True, giver__is_active=True)
    rows = Delegation.objects.filter(living).select_related("giver", "taker").order_by("starts_at", "pk")
    if givers is not None:
        rows = rows.filter(giver__in=givers)
    return rows if takers is None else rows.filter(taker__in=takers)


def versions() -> QuerySet[AuthorityMatrix]:
    return AuthorityMatrix.objects.select_related("author", "publisher")


def rules_of(matrix: AuthorityMatrix) -> list[MatrixRule]:
    return list(MatrixRule.objects.filter(matrix=matrix).order_by("number"))


def rules_in(matrix: AuthorityMatrix, kind: str) -> list[Rule]:
    """The rules of a version that count for documents of a kind, as the pure rules know them."""
    rows = MatrixRule.objects.filter(matrix=matrix, is_on=True, document_kind__in=("", kind))
    return [matrices.rule_of(row, kind) for row in rows.order_by("number")]


def delegations_of(person_id: int | None) -> QuerySet[Delegation]:
    """Authority that this person gave or received, the latest first."""
    rows = Delegation.objects.filter(Q(giver=person_id) | Q(taker=person_id)).select_related("giver", "taker")
    return rows.order_by("-ends_at", "-pk")


def lent_by(person_id: int, *, at: datetime) -> list[Delegation]:
    """Who stands in for this person at this instant."""
    return [loan for loan in loans(at=at, givers=[person_id]) if loan.starts_at <= at]


def delegations_for(actor: Actor) -> QuerySet[Delegation]:
    """What the actor may look at and end: his own, and with the right to lend for others everybody's."""
    if may(actor, "delegate"):
        return Delegation.objects.select_related("giver", "taker")
    return delegations_of(actor.person_id)
