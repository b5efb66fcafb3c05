"""The closed vocabulary of the matrix: what a document says about itself, and what a rule may ask of it.

No rule holds code. A new dimension is a new field here, on ``Facts`` and on ``Rule``, and a name in ``CHOICES``.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from foundation.values.money import Money
from foundation.values.reason import BadValue


class Contract(StrEnum):
    COVERED = "covered"
    PARTLY = "partly_covered"
    OFF = "off_contract"
    EXPIRED = "expired"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Source(StrEnum):
    CATALOG = "catalog"
    FREE_TEXT = "free_text"
    REPLENISHMENT = "replenishment"
    BACKORDER = "backorder"
    TRANSFER = "transfer"


class Budget(StrEnum):
    WITHIN = "within"
    WARNING = "warning"
    OVER = "over"
    UNBUDGETED = "unbudgeted"


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNRATED = "unrated"


class Price(StrEnum):
    """Against the contract's price, or else what the item usually costs."""

    IN_LINE = "in_line"
    ABOVE = "above"
    FAR_ABOVE = "far_above"


class Tenure(StrEnum):
    """How long the supplier has been one of ours."""

    ESTABLISHED = "established"
    NEW = "new"


class InventoryImpact(StrEnum):
    NONE = "none"
    STOCK_OUT = "stock_out"
    OVERSTOCK = "overstock"


class CustomerCommitment(StrEnum):
    NONE = "none"
    PROMISED = "promised"
    AT_RISK = "at_risk"


class Level(StrEnum):
    """Where the holder of a role is looked up."""

    ENTITY = "entity"
    SITE = "site"
    CATEGORY = "category"
    COST_CENTER = "cost_center"
    LINES = "lines"
    """Line by line: everybody decides on the lines that are his."""
    GLOBAL = "global"


WORDS: dict[str, type[StrEnum]] = {
    "contract": Contract,
    "urgency": Urgency,
    "source": Source,
    "budget": Budget,
    "supplier_risk": Risk,
    "supplier_tenure": Tenure,
    "price": Price,
    "inventory_impact": InventoryImpact,
    "customer_commitment": CustomerCommitment,
}
"""Inputs whose answers are words. Facts, rules, columns of the grid and tiles of the card carry these names."""
CHOICES = (*WORDS, "cost_center")
Mode: TypeAlias = Literal["any", "all"] | int
Categories: TypeAlias = tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A document as the matrix sees it, snapshotted when it was submitted.

    *categories* are those of its lines, each with its ancestors. *amount* is in the entity's currency, at a stored
    rate, with tax where the entity's limits are gross. *cumulative* is what this and related documents come to; the
    larger of the two decides, so that splitting an order never lowers the route.
    """

    kind: str
    entity: int
    site: int
    amount: Money
    cumulative: Money | None = None
    with_tax: bool = False
    categories: Categories = ()
    cost_center: int | None = None
    contract: Contract = Contract.COVERED
    urgency: Urgency = Urgency.NORMAL
    source: Source = Source.CATALOG
    budget: Budget = Budget.WITHIN
    supplier_risk: Risk = Risk.LOW
    supplier_tenure: Tenure = Tenure.ESTABLISHED
    price: Price = Price.IN_LINE
    inventory_impact: InventoryImpact = InventoryImpact.NONE
    customer_commitment: CustomerCommitment = CustomerCommitment.NONE

    @property
    def decisive(self) -> Money:
        """The amount that limits are compared with."""
        if self.cumulative is None:
            return self.amount
        return max(self.amount, self.cumulative)

    @property
    def subtrees(self) -> tuple[int, ...]:
        """Every category whose subtree holds a line, once."""
        if len(self.categories) == 1:
            [(category, ancestors)] = self.categories
            return (category, *ancestors)
        return tuple({id_: None for category, ancestors in self.categories for id_ in (category, *ancestors)})


USUAL: dict[str, str] = {one.name: one.default for one in fields(Facts) if one.name in WORDS}
"""What a document says of itself when nobody says otherwise."""


@dataclass(frozen=True, slots=True, order=True)
class Escalation:
    """Who else may decide when a step's hours are over: a role, looked up at a place."""

    role: str
    at: Level


@dataclass(frozen=True, slots=True)
class StepSpec:
    """Who is asked: steps of the same sequence run side by side, sequences one after the other.

    When ``sla_hours`` are over the step escalates; so many working hours later (``returns_after``) it goes back.
    """

    sequence: int
    role: str
    at: Level
    mode: Mode = "any"
    sla_hours: int | None = None
    escalates_to: Escalation | None = None
    returns_after: int | None = None

    def __post_init__(self) -> None:
        if isinstance(self.mode, int) and self.mode < 1:
            raise BadValue("bad_mode", "A step needs at least one approver: any, all, or a number above zero.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the matrix. What is None is not asked; a set means one of these.

    Amounts are in the entity's currency, from *amount_from* up to but not including *amount_to*. Up to
    *auto_approve_cap*, that amount included, the rule asks nobody. *forbid_sentence* refuses the document outright.
    """

    number: int
    kind: str
    entity: int | None = None
    site: int | None = None
    category: int | None = None
    amount_from: Decimal = Decimal(0)
    amount_to: Decimal | None = None
    contract: frozenset[Contract] | None = None
    urgency: frozenset[Urgency] | None = None
    source: frozenset[Source] | None = None
    budget: frozenset[Budget] | None = None
    supplier_risk: frozenset[Risk] | None = None
    supplier_tenure: frozenset[Tenure] | None = None
    price: frozenset[Price] | None = None
    inventory_impact: frozenset[InventoryImpact] | None = None
    customer_commitment: frozenset[CustomerCommitment] | None = None
    cost_center: frozenset[int] | None = None
    steps: tuple[StepSpec, ...] = ()
    auto_approve_cap: Decimal | None = None
    forbid_sentence: str | None = None

    def __post_init__(self) -> None:
        if self.amount_to is not None and self.amount_to <= self.amount_from:
            raise BadValue(
                "empty_band",
                "Rule {number} ends where it begins; its upper amount must be above its lower one.",
                number=self.number,
            )
        if not self.steps and self.auto_approve_cap is None and self.forbid_sentence is None:
            raise BadValue(
                "empty_rule",
                "Rule {number} says nothing; give it a step, an automatic approval or a refusal.",
                number=self.number,
            )

    def waives(self, amount: Decimal) -> bool:
        """Whether the rule lets this amount pass without asking anybody."""
        return self.auto_approve_cap is not None and amount <= self.auto_approve_cap
