"""What a request is of: the category that free text belongs to, the kind of spend, the risk. By rules, no model.

Every answer comes with its confidence (0 to 1) and its reasons, and is kept as it was when the request was sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from governance.approvals.cards import in_words
from organization.items.models import Category
from procurement.requisitions.models import RequisitionLine
from procurement.requisitions.rules import WARN, Finding

SURE = 0.6
"""From this confidence on a category is taken without asking, or held against the one that was picked."""
NEIGHBOURS = 5
READ = 100
"""So many different texts are read at once; the rest stays to be picked by hand."""

NEAREST = """
select asked.said, near.category_id, near.sku, near.description, near.likeness
from unnest(%s::text[]) as asked(said) cross join lateral (
    select category_id, sku, description,
           greatest(similarity(upper(description), upper(asked.said)),
                    word_similarity(upper(asked.said), upper(description))) as likeness
    from organization_item
    where is_active and (upper(description) %% upper(asked.said) or upper(description) %%> upper(asked.said))
    order by likeness desc, id limit %s
) near order by asked.said, near.likeness desc"""

WEIGHTS: dict[str, dict[str, int]] = {
    "supplier_risk": {"high": 4, "unrated": 1},
    "supplier_tenure": {"new": 2},
    "price": {"above": 1, "far_above": 3},
    "contract": {"off_contract": 1, "expired": 1, "partly_covered": 1},
    "budget": {"over": 2, "unbudgeted": 1},
    "urgency": {"urgent": 1, "emergency": 2},
    "likeness": {"same": 2},
}
"""What each fact of the question adds to the risk of the request."""
MEDIUM, HIGH = 2, 4
UNKNOWN = {"unrated", "unbudgeted"}
"""Facts that say that nobody knows: each takes from the confidence."""


@dataclass(frozen=True)
class Guess:
    """A category for some words, by the items whose descriptions are nearest."""

    category: Category
    confidence: float
    like: str

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE

    @property
    def reason(self) -> str:
        said = {"category": self.category.name, "percent": round(self.confidence * 100), "item": self.like}
        return _("%(category)s, %(percent)d %% sure: like %(item)s") % said


def guesses(texts: Iterable[str]) -> dict[str, Guess]:
    """The likeliest category of each text that is like anything; two queries, none without texts."""
    asked = sorted({text for text in texts if len(text) > 2})[:READ]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [asked, NEIGHBOURS])
        near: dict[str, list[tuple[int, str, float]]] = {}
        for said, category, sku, description, likeness in cursor.fetchall():
            near.setdefault(said, []).append((category, f"{sku} {description}", likeness))
    likeliest = {said: likeliest_of(found) for said, found in near.items()}
    categories = Category.objects.in_bulk({category for category, _share, _like in likeliest.values()})
    return {said: Guess(categories[key], sure, like) for said, (key, sure, like) in likeliest.items()}


def likeliest_of(near: list[tuple[int, str, float]]) -> tuple[int, float, str]:
    """(category, confidence, the item that is nearest): how alike the nearest is, times how much the others agree."""
    votes: dict[int, float] = {}
    for category, _item, likeness in near:
        votes[category] = votes.get(category, 0) + likeness
    winner = max(votes, key=lambda category: votes[category])
    best, item = max((likeness, item) for category, item, likeness in near if category == winner)
    return winner, round(best * votes[winner] / sum(votes.values()), 2), item


@dataclass(frozen=True)
class Classified:
    """What a request is of, and how sure that is."""

    spend: str
    """``direct`` (all of it catalog items), ``indirect`` (none), ``mixed``."""
    risk: str
    confidence: float
    reasons: list[str]

    def as_dict(self) -> dict[str, Any]:
        return vars(self)


def classified(lines: Iterable[RequisitionLine], facts: Mapping[str, Any], found: Mapping[str, Guess]) -> Classified:
    """Of the lines and the facts that the question is routed by."""
    lines = list(lines)
    items = {line.item_id is not None for line in lines}
    spend = "mixed" if len(items) == 2 else "direct" if items == {True} else "indirect"
    weights = {name: WEIGHTS[name].get(str(facts.get(name)), 0) for name in WEIGHTS}
    points = sum(weights.values())
    unknown = sum(str(facts.get(name)) in UNKNOWN for name in WEIGHTS)
    sure = [found[line.description].confidence for line in lines if line.item_id is None and line.description in found]
    return Classified(
        spend=spend,
        risk="high" if points >= HIGH else "medium" if points >= MEDIUM else "low",
        confidence=round(min([1 - unknown / len(WEIGHTS), *sure]), 2),
        reasons=[in_words(name, facts[name]) for name, weight in weights.items() if weight],
    )


def doubts(lines: Iterable[RequisitionLine], found: Mapping[str, Guess]) -> Iterator[Finding]:
    """Free text that sounds like another category than the one picked: the wrong people would be asked."""
    for line in lines:
        guess = found.get(line.description) if line.item_id is None else None
        if guess and guess.is_sure and guess.category.pk != line.category_id:
            sentence = _("“%(text)s” sounds like %(reason)s. Pick that category, so that the right people are asked.")
            given = {"text": line.description[:60], "reason": guess.reason}
            yield Finding("category", WARN, sentence % given, line.number)


def of_lines(lines: Iterable[RequisitionLine]) -> dict[str, Guess]:
    """Guesses for the lines that name no item."""
    return guesses(line.description for line in lines if line.item_id is None)
