"""Twenty faults sown into two hundred rules: all are found, and nothing else is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from governance.authority import pairs
from governance.authority.checks import Found, check
from governance.authority.facts import Level, Rule, StepSpec, Urgency
from governance.authority.pairs import World, reaches

D = Decimal
BRANCH, CATEGORY = StepSpec(1, "Branch manager", Level.SITE, "any", 8), StepSpec(2, "Category manager", Level.CATEGORY)
CFO = StepSpec(3, "CFO", Level.GLOBAL, "any", 24)
SITES = range(11, 21)
KINDS = ("requisition", "order_change")
LIMITS = [D(limit) for limit in (0, 1000, 5000, 25_000, 100_000)]
ROUTES = [(BRANCH,), (BRANCH,), (BRANCH, CATEGORY), (BRANCH, CATEGORY), (BRANCH, CATEGORY, CFO)]
CATEGORIES = range(101, 111)
CENTERS = {901: 1, 902: 2}
WORLD = World(
    kinds=frozenset(KINDS),
    entities=frozenset({1, 2}),
    sites={site: 1 + site % 2 for site in SITES},
    categories={category: frozenset({category, 100}) for category in CATEGORIES},
    cost_centers=CENTERS,
)
LOOKED_AT = StepSpec(2, "Safety officer", Level.ENTITY, "any", 16)


def two_hundred() -> list[Rule]:
    """Ten sites with five bands for two kinds of document, and ten categories that are looked at besides."""
    rules: list[Rule] = []

    def add(**given: object) -> None:
        rules.append(Rule(number=len(rules) + 1, **given))

    for kind in KINDS:
        for site in SITES:
            for low, high, route in zip(LIMITS, [*LIMITS[1:], None], ROUTES, strict=True):
                add(kind=kind, site=site, amount_from=low, amount_to=high, steps=route)
    for site in SITES:
        for category in CATEGORIES[:9]:
            add(kind="requisition", site=site, category=category, amount_from=D(500), steps=(LOOKED_AT,))
    for kind in KINDS:
        for entity in (1, 2):
            add(kind=kind, entity=entity, urgency=frozenset({Urgency.EMERGENCY}), steps=(replace(CFO, sequence=4),))
    while len(rules) < 200:
        add(kind="order_change", entity=1, category=110, amount_from=D(len(rules)), amount_to=D(len(rules) + 1),
            steps=(replace(LOOKED_AT, role=f"Officer {len(rules)}"),))  # fmt: skip
    return rules


def site_is_new(found: Found) -> list:
    """Sites that no rule names are the one gap of the clean matrix: a new site has no rules yet."""
    return [gap for gap in found.gaps if gap.where and gap.where[0].is_in]


def at(rules: list[Rule], kind: str, site: int, low: int) -> int:
    """The place of a site's band."""
    return next(
        place
        for place, rule in enumerate(rules)
        if (rule.kind, rule.site, rule.amount_from, rule.category) == (kind, site, D(low), None)
    )


def sow(rules: list[Rule]) -> dict[str, set]:
    """Twenty faults as real policies have them; what the check is expected to name."""
    gaps, overlaps, idle = set(), set(), set()

    def change(place: int, **given: object) -> Rule:
        rules[place] = replace(rules[place], **given)
        return rules[place]

    for site in (11, 12, 13):  # "over 5,000" after "under 5,000": exactly 5,000.00 is nobody's
        change(at(rules, "requisition", site, 5000), amount_from=D("5000.01"))
        gaps.add(("requisition", site, (D(5000), 0)))
    for site in (14, 15):  # "up to 999" and "from 1,000": the cents between
        change(at(rules, "requisition", site, 0), amount_to=D(999))
        gaps.add(("requisition", site, (D(999), 0)))
    for site in (16, 17):  # the last band has an upper end
        change(at(rules, "order_change", site, 100_000), amount_to=D(1_000_000))
        gaps.add(("order_change", site, (D(1_000_000), 0)))
    for site in (18, 19):  # a band is switched off
        place = at(rules, "order_change", site, 1000)
        del rules[place]
        gaps.add(("order_change", site, (D(1000), 0)))
    for site in (11, 12, 13, 14):  # the same manager, in other hours, where two bands meet
        place = at(rules, "order_change", site, 5000)
        hasty = change(place, amount_from=D(4000), steps=(replace(BRANCH, sla_hours=4), CATEGORY))
        overlaps.add((rules[place - 1].number, hasty.number))
    for number, site, entity in ((301, 11, 1), (302, 12, 2), (303, 13, 1)):  # a site of the other entity
        rules.append(Rule(number=number, kind="requisition", site=site, entity=entity, steps=(LOOKED_AT,)))
        idle.add((number, 0))
    rules.append(Rule(number=304, kind="requisition", entity=1, cost_center=frozenset({902}), steps=(LOOKED_AT,)))
    idle.add((304, 0))
    for number, category in ((305, 101), (306, 102)):  # what is allowed for a site is refused everywhere
        place = next(n for n, one in enumerate(rules) if (one.site, one.category) == (20, category))
        rules.append(Rule(number=number, kind="requisition", category=category, site=20, forbid_sentence="No."))
        idle.add((rules[place].number, number))
    twin = rules[at(rules, "requisition", 20, 25_000)]  # entered twice, once for a narrower band
    rules.append(replace(twin, number=307, amount_from=D(30_000)))
    idle.add((307, twin.number))
    return {"gaps": gaps, "overlaps": overlaps, "idle": idle}


def seen(found: Found) -> dict[str, set]:
    return {
        "gaps": {(gap.kind, site, gap.span[0]) for gap in site_is_new(found) for site in gap.where[0].values},
        "overlaps": {overlap.rules for overlap in found.overlaps},
        "idle": {(one.rule, one.by) for one in found.idle},
    }


def test_two_hundred_rules_without_a_fault_have_none() -> None:
    found = check(two_hundred(), WORLD)

    assert len(two_hundred()) == 200
    assert seen(found) == {"gaps": set(), "overlaps": set(), "idle": set()}
    assert found.is_whole


def test_twenty_faults_are_found_and_nothing_else() -> None:
    rules = two_hundred()
    sown = sow(rules)

    assert sum(map(len, sown.values())) == 20
    assert seen(check(rules, WORLD)) == sown


def test_a_check_that_forgets_whose_a_site_is_finds_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_nowhere", lambda rule, world: False)
    rules = two_hundred()
    sown = sow(rules)

    assert seen(check(rules, WORLD))["idle"] < sown["idle"]


def test_a_rule_reaches_what_it_leaves_open() -> None:
    everything = Rule(number=1, kind="requisition", steps=(BRANCH,))
    here = replace(everything, number=2, site=11, amount_to=D(10))

    assert reaches(everything, here, WORLD)
    assert not reaches(here, everything, WORLD)
    assert reaches(replace(everything, category=100), replace(here, category=101), WORLD)
    assert not reaches(replace(everything, category=101), replace(here, category=100), WORLD)
    assert reaches(replace(everything, entity=2), here, WORLD)
    assert not reaches(replace(everything, entity=1), here, WORLD)
