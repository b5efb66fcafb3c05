"""The authority matrix at work: explained decisions, a replay of a million documents, the check of a draft."""

import os
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import product
from json import dumps, loads
from random import Random
from typing import Any

import psycopg

from bench.measure import Figure, rate
from bench.workloads import Run, workload
from foundation.values.money import Money
from governance.authority import checks as checking
from governance.authority.compiled import compile_matrix
from governance.authority.explaining import Explainer
from governance.authority.facts import Budget, Contract, Facts, Level, Risk, Rule, StepSpec, Urgency
from governance.authority.pairs import World
from governance.authority.queries import as_kept, from_kept
from governance.authority.replaying import Fate, Replay, fate
from governance.authority.rules import compare
from governance.authority.rules import decide as scan

RULES, ENTITIES, SITES, CATEGORIES = 10_000, 20, 50, 200
KIND = "requisition"
STEPS = (StepSpec(1, "role 1", Level.ENTITY),)
LIMITS = [Decimal(limit) for limit in (0, 250, 1_000, 5_000, 10_000, 25_000, 50_000, 100_000)]
SCANNED = 5
"""Decisions by the plain scan for each sample asked: it takes milliseconds for one."""


def matrix(count: int = RULES, seed: int = 7) -> tuple[Rule, ...]:
    """Mostly site and band, some entity and category, some category everywhere; a tenth asks one more thing."""
    random = Random(seed)
    return tuple(_rule(random, number) for number in range(1, count + 1))


def _rule(random: Random, number: int) -> Rule:
    bottom = random.randrange(len(LIMITS))
    top = random.randrange(bottom + 1, len(LIMITS) + 1)
    shape, site = random.random(), random.randrange(SITES)
    where: dict[str, Any] = {
        "entity": site % ENTITIES + 1,
        "site": site + 1,
        "category": random.randrange(CATEGORIES) + 1,
    }
    if shape > 0.6:
        where.pop("site")
    if shape > 0.85:
        where.pop("entity")
    return Rule(
        number=number,
        kind=KIND,
        **where,
        amount_from=LIMITS[bottom],
        amount_to=LIMITS[top] if top < len(LIMITS) else None,
        supplier_risk=frozenset([Risk.HIGH]) if random.random() < 0.1 else None,
        budget=frozenset([Budget.OVER]) if random.random() < 0.1 else None,
        steps=(StepSpec(1 + bottom // 3, f"role {random.randrange(40)}", random.choice(list(Level)[:3]), "any", 8),),
        auto_approve_cap=Decimal(200) if bottom == 0 and random.random() < 0.3 else None,
    )


def documents(count: int, seed: int = 11) -> Iterator[Facts]:
    """As requests come: a site buys from a few categories, most under contract and within budget."""
    random = Random(seed)
    for _ in range(count):
        site = random.randrange(SITES)
        own = (site * 7 + random.randrange(12)) % CATEGORIES + 1
        yield Facts(
            kind=KIND,
            entity=site % ENTITIES + 1,
            site=site + 1,
            amount=Money(Decimal(int(random.paretovariate(0.8) * 10_000)) / 100, "EUR"),
            categories=((own, ()),),
            contract=random.choice([Contract.COVERED, Contract.COVERED, Contract.OFF]),
            budget=Budget.OVER if random.random() < 0.05 else Budget.WITHIN,
            supplier_risk=Risk.HIGH if random.random() < 0.05 else Risk.LOW,
            urgency=Urgency.URGENT if random.random() < 0.1 else Urgency.NORMAL,
        )


@workload
def decide(run: Run) -> Iterable[Figure]:
    """Rule numbers and reasons of each decision, beside reading every rule; equal on a sample."""
    rules, asked = matrix(), list(documents(10_000 * run.samples))
    scanned = asked[: SCANNED * run.samples]
    plain = rate(len(scanned), lambda: [explained_plainly(rules, facts) for facts in scanned])
    begun = time.perf_counter()
    explainer = Explainer(compile_matrix(rules))
    ready = (time.perf_counter() - begun) * 1e3
    first = rate(len(asked), lambda: [explainer.explain(facts) for facts in asked])
    again = rate(len(asked), lambda: [explainer.explain(facts) for facts in asked])
    for facts in scanned:
        found = explainer.explain(facts)
        assert (found.rules, found.codes) == explained_plainly(rules, facts), "The two ways do not agree."
    yield Figure("decide", "compile_ms", round(ready, 1), "ms")
    yield beside(Figure("decide", "first_per_s", round(first), "/s", len(asked)), plain)
    yield beside(Figure("decide", "explained_per_s", round(again), "/s", len(asked)), plain)


def beside(figure: Figure, plain: float) -> Figure:
    figure.beside, figure.ratio = {"plain_scan_per_s": round(plain, 1)}, round(figure.value / plain, 1)
    return figure


def explained_plainly(rules: tuple[Rule, ...], facts: Facts) -> tuple[Any, Any]:
    found = scan(rules, facts).rules
    codes = tuple(tuple(one.reason.code for one in compare(rule, facts)) for rule in found)
    return tuple(rule.number for rule in found), codes


@workload
def replay(run: Run) -> Iterable[Figure]:
    """A draft without a twentieth of the rules, over facts from PostgreSQL; equal to the scan on a sample."""
    old = matrix()
    new = tuple(rule for rule in old if rule.number % 20)
    count = 50_000 * run.samples
    with kept_facts(count) as link:
        begun = time.perf_counter()
        rows = list(fetched(link))
        fetch = time.perf_counter() - begun
        begun = time.perf_counter()
        replaying = replay_of(old, new)
        differing = sum(1 for _ in replaying.differing(rows))
        figures = replaying.figures
        took = time.perf_counter() - begun
        begun = time.perf_counter()
        streamed = replay_of(old, new)
        assert sum(1 for _ in streamed.differing(fetched(link))) == differing
        whole = time.perf_counter() - begun
    assert figures.whole.total == count
    assert differing == count - figures.whole.fates[Fate.SAME]
    sample = rows[:: max(1, count // (2 * SCANNED * run.samples))]
    begun = time.perf_counter()
    plain = [fate(scan(old, one).plan, scan(new, one).plan) for one in map(facts_of_row, sample)]
    scanned = (time.perf_counter() - begun) / len(sample) * count
    quick = dict.fromkeys(range(len(sample)), Fate.SAME)
    quick |= {
        place: one.fate for place, one in replay_of(old, new).differing((*row[:2], n) for n, row in enumerate(sample))
    }
    assert list(quick.values()) == plain, "The replay and the plain scan do not agree."
    yield Figure(
        "replay", "in_memory_s", round(took, 2), "s", count, {"plain_scan_s": round(scanned)}, round(scanned / took, 1)
    )
    yield Figure("replay", "fetch_s", round(fetch, 2), "s", count)
    yield Figure("replay", "from_postgresql_s", round(whole, 2), "s", count)
    yield Figure("replay", "differing", differing, "rows", count)


def replay_of(old: tuple[Rule, ...], new: tuple[Rule, ...]) -> Replay[int]:
    return Replay({KIND: compile_matrix(old)}, {KIND: compile_matrix(new)}, facts_of=facts_of, measured={"role 1": 2.5})


def facts_of(key: str) -> Facts:
    return from_kept({**loads(key), "amount": "0", "cumulative": None})


def facts_of_row(row: tuple[str, Decimal, int]) -> Facts:
    return from_kept({**loads(row[0]), "amount": str(row[1]), "cumulative": None})


@contextmanager
def kept_facts(count: int) -> Iterator[psycopg.Connection]:
    """Rows of facts as requests keep them, in a table of their own."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as link:
        link.execute("create temporary table kept (id bigint generated always as identity primary key, facts jsonb)")
        with link.cursor().copy("copy kept (facts) from stdin") as sink:
            for facts in documents(count):
                sink.write_row([dumps(as_kept(facts), default=str)])
        yield link


def fetched(link: psycopg.Connection) -> Iterator[tuple[str, Decimal, int]]:
    """As the product's replay reads them: everything but the amount as one text, by a cursor of the server's."""
    with link.cursor(name="replay") as cursor:
        cursor.itersize = 5_000
        cursor.execute(
            "select (facts - 'amount' - 'cumulative')::text, "
            "greatest((facts ->> 'amount')::numeric, (facts ->> 'cumulative')::numeric), id from kept"
        )
        yield from cursor


@workload
def checks(run: Run) -> Iterable[Figure]:
    """Gaps, overlaps and rules without effect among five hundred rules, none of which answers for all the others."""
    rules = without_gaps(500)
    world = World(
        kinds=frozenset([KIND]),
        entities=frozenset(range(1, ENTITIES + 1)),
        sites={site + 1: site % ENTITIES + 1 for site in range(SITES)},
        categories={category: frozenset([category]) for category in range(1, CATEGORIES + 1)},
    )
    took = []
    for _ in range(max(1, run.samples // 4)):
        begun = time.perf_counter()
        found = checking.check(rules, world)
        took.append((time.perf_counter() - begun) * 1e3)
    assert not found.gaps, "Every entity answers every amount."
    one_less = checking.check(rules[1:], world)
    assert one_less.gaps, "A band that an entity does not answer is not found."
    yield Figure("checks", "rules_500_ms", round(statistics.median(took), 1), "ms", len(took))


def without_gaps(count: int) -> list[Rule]:
    """Each entity's own band by band, and then whatever sites and categories say besides."""
    bands = list(zip(LIMITS, [*LIMITS[1:], None], strict=True))
    rules = [
        Rule(kind=KIND, number=number, entity=entity, amount_from=bottom, amount_to=top, steps=STEPS)
        for number, (entity, (bottom, top)) in enumerate(product(range(1, ENTITIES + 1), bands), start=1)
    ]
    return [*rules, *(replace(rule, number=count - rule.number + 1) for rule in matrix(count - len(rules)))]
