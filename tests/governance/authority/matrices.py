"""Small random matrices whose limits, scopes and documents meet often, also exactly on the edge."""

from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from foundation.values.money import Money
from governance.authority.facts import (
    Contract,
    Escalation,
    Facts,
    Level,
    Risk,
    Rule,
    StepSpec,
    Urgency,
)

LIMITS = [Decimal(limit) for limit in (0, 100, 250, 1000, 5000)]
AMOUNTS = [*LIMITS, Decimal("99.99"), Decimal("100.01"), Decimal("250.000001"), Decimal(20_000)]
CATEGORIES = ((11, (1,)), (12, (1,)), (21, (2,)), (2, ()))

STEPS = st.builds(
    StepSpec,
    st.integers(1, 2),
    st.sampled_from(["manager", "director"]),
    st.sampled_from([Level.SITE, Level.ENTITY]),
    st.sampled_from(["any", "all", 2]),
    st.sampled_from([None, 8, 24]),
    st.sampled_from([None, Escalation("director", Level.ENTITY), Escalation("chief", Level.GLOBAL)]),
    st.sampled_from([None, 8, 16]),
)
CONTRACT = st.sampled_from([None, frozenset(Contract), frozenset([Contract.OFF, Contract.EXPIRED])])
URGENCY = st.sampled_from([None, None, frozenset([Urgency.URGENT]), frozenset([Urgency.URGENT, Urgency.NORMAL])])
SUPPLIER_RISK = st.sampled_from([None, None, frozenset([Risk.LOW]), frozenset([Risk.HIGH, Risk.UNRATED])])
COST_CENTER = st.sampled_from([None, None, frozenset([1]), frozenset([2, 3])])


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    return tuple(draw(_rule(number)) for number in range(1, draw(st.integers(1, 6)) + 1))


@st.composite
def _rule(draw: st.DrawFn, number: int) -> Rule:
    bottom, top = sorted([draw(st.integers(0, 4)), draw(st.integers(0, 5))])
    top = top if top > bottom else 5
    return Rule(
        number=number,
        kind=draw(st.sampled_from(["requisition", "requisition", "order"])),
        entity=draw(st.sampled_from([None, 1, 2])),
        site=draw(st.sampled_from([None, None, 1, 2])),
        category=draw(st.sampled_from([None, None, 1, 2, 11, 21])),
        amount_from=LIMITS[bottom],
        amount_to=LIMITS[top] if top < 5 else None,
        contract=draw(CONTRACT),
        urgency=draw(URGENCY),
        supplier_risk=draw(SUPPLIER_RISK),
        cost_center=draw(COST_CENTER),
        steps=tuple(draw(st.lists(STEPS, max_size=2))),
        auto_approve_cap=draw(st.sampled_from([Decimal(0), *LIMITS])),
        forbid_sentence=draw(st.sampled_from([None, None, "Not from here.", "Never."])),
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    return Facts(
        kind="requisition",
        entity=draw(st.integers(1, 2)),
        site=draw(st.integers(1, 2)),
        amount=Money(draw(st.sampled_from(AMOUNTS)), "EUR"),
        cumulative=draw(st.none() | st.sampled_from(AMOUNTS).map(lambda amount: Money(amount, "EUR"))),
        categories=tuple(draw(st.lists(st.sampled_from(CATEGORIES), max_size=3, unique=True))),
        cost_center=draw(st.none() | st.integers(1, 3)),
        contract=draw(st.sampled_from(Contract)),
        urgency=draw(st.sampled_from(Urgency)),
        supplier_risk=draw(st.sampled_from(Risk)),
    )


def dense_matrix(seed: int) -> tuple[Rule, ...]:
    """Two hundred rules in a small world, so that every mistake in compiling shows somewhere."""
    random = Random(seed)

    def rule(number: int) -> Rule:
        bottom = random.randrange(5)
        top = random.randrange(bottom + 1, 6)
        return Rule(
            number=number,
            kind="requisition",
            entity=random.choice([None, 1, 2]),
            site=random.choice([None, 1, 2]),
            category=random.choice([None, 1, 2, 11, 21]),
            amount_from=LIMITS[bottom],
            amount_to=LIMITS[top] if top < 5 else None,
            urgency=random.choice([None, frozenset([Urgency.URGENT])]),
            steps=(StepSpec(1, f"role {number}", Level.SITE),),
            auto_approve_cap=random.choice([None, *LIMITS]),
        )

    return tuple(map(rule, range(1, 201)))


def some_facts(seed: int, count: int) -> list[Facts]:
    random = Random(seed)
    return [
        Facts(
            kind="requisition",
            entity=random.randint(1, 2),
            site=random.randint(1, 2),
            amount=Money(random.choice(AMOUNTS), "EUR"),
            categories=tuple(random.sample(CATEGORIES, random.randrange(3))),
            urgency=random.choice(list(Urgency)),
        )
        for _ in range(count)
    ]
