"""Bar 56 on the page: what twenty faults in two hundred rules add to what the check says is twenty findings."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from governance.authority import actions as authority
from governance.authority.facts import Rule, StepSpec
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category
from organization.sites.models import Site
from tests.governance.authority.conftest import keepers  # noqa: F401  fixture
from tests.governance.authority.test_faults import CATEGORIES, SITES, sow, two_hundred
from tests.scene import NOW, Scene, fresh, key

pytestmark = pytest.mark.browser


@pytest.fixture
def places(keepers: Scene) -> dict[str, dict[int, int]]:
    """The rows behind the numbers of the kernel's test."""
    entities = {
        n: LegalEntity.objects.create(code=f"E{n}", name=f"Entity {n}", country="NL", currency="EUR") for n in (1, 2)
    }
    sites = {
        n: Site.objects.create(code=f"S{n}", name=f"Site {n}", entity=entities[1 + n % 2], country="NL") for n in SITES
    }
    trees = Category.objects.create(code="ALL", name="All", path="9000.")
    trees.path = f"{trees.pk}."
    trees.save()
    categories = {
        n: Category.objects.create(code=f"C{n}", name=f"Kind {n}", parent=trees, path=f"{trees.pk}.{n}0000.")
        for n in CATEGORIES
    }
    centers = {
        900 + n: CostCenter.objects.create(entity=entities[n], code=f"90{n}", name=f"Center {n}") for n in (1, 2)
    }
    known = {"entity": entities, "site": sites, "category": categories, "cost_center": centers}
    for row in categories.values():
        row.path = f"{trees.path}{row.pk}."
        row.save()
    return {name: {n: row.pk for n, row in rows.items()} for name, rows in known.items()}


def given(rule: Rule, places: dict[str, dict[int, int]]) -> dict[str, Any]:
    """A rule of the kernel as somebody writes it."""
    said = {name: places[name][value] for name in ("entity", "site", "category") if (value := getattr(rule, name))}
    if rule.cost_center:
        said["cost_center"] = places["cost_center"][min(rule.cost_center)]
    return said | {
        "number": rule.number,
        "document_kind": rule.kind,
        "amount_from": rule.amount_from,
        "amount_to": rule.amount_to,
        "urgency": [str(one) for one in rule.urgency or ()],
        "steps": [step_of(step) for step in rule.steps],
        "forbid": rule.forbid_sentence or "",
    }


def step_of(step: StepSpec) -> dict[str, Any]:
    return {
        "sequence": step.sequence,
        "role": step.role,
        "at": str(step.at),
        "mode": step.mode,
        "sla_hours": 8 if step.sla_hours is None else int(step.sla_hours),
    }


def findings(page: Page, scene: Scene, rules: list[dict[str, Any]]) -> Counter[str]:
    """What the check says of a draft with these rules, by its kind; a gap at several sites is one sentence."""
    draft = authority.draft_matrix(name="Sown", by=scene.author, at=NOW, key=key())
    draft = authority.set_rules(
        matrix=fresh(draft), rules=rules, by=scene.author, at=NOW, seen=draft.version, key=key()
    )
    page.goto(page.url.partition("/authority")[0] + f"/authority/{draft.number}/check/")
    found: Counter[str] = Counter()
    for text in page.locator(".checks li").all_inner_texts():
        places = len(re.findall(r"Site \d+", text)) if text.startswith("Gap") and "other than" not in text else 1
        found[text.splitlines()[0]] += places
    return found


def test_twenty_faults_are_twenty_findings_more(eyes: Any, keepers: Scene, places: dict[str, dict[int, int]]) -> None:
    page = eyes(keepers.people["author"], "/authority/")
    clean, sown = two_hundred(), two_hundred()
    assert sum(map(len, sow(sown).values())) == 20

    before = findings(page, keepers, [given(rule, places) for rule in clean])
    after = findings(page, keepers, [given(replace(rule), places) for rule in sown])

    assert after - before == Counter({"Gap": 9, "Overlap": 4, "Without effect": 7})
    assert not before - after
