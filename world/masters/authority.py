"""The authority matrix: who must say yes to what."""

from datetime import timedelta
from typing import Any

from governance.authority import actions as authority
from world.scene import WORLD, Scene
from world.trade import growth

REQUEST, CHANGE = "requisition", "order_change"


def step(sequence: int, role: str, where: str, hours: int = 8, above: str = "", back: int = 0) -> dict[str, Any]:
    """``above``: who may decide too when the hours are over; ``back``: so many hours later it goes back."""
    said = {"sequence": sequence, "role": role, "at": where, "mode": "any", "sla_hours": hours}
    said |= {"escalates_to": {"role": above, "at": "entity"}} if above else {}
    return said | ({"returns_after": back} if back else {})


BRANCH = step(1, "Branch manager", "site", above="Controller", back=40)
QUICK = step(1, "Branch manager", "site", 2, above="Controller")
CATEGORY = step(2, "Category manager", "category", 16, above="Controller")
CONTROL = step(3, "Controller", "entity", 16, above="CFO")
CHIEF = step(4, "CFO", "global", 24)


def rules(scene: Scene) -> list[dict[str, Any]]:
    """Eighteen rules; amounts are in the entity's currency, bands are half-open. Emergencies have their own."""
    calm = {"document_kind": REQUEST, "urgency": ["normal", "urgent"]}
    on, partly, off = "covered", "partly_covered", "off_contract"
    return [
        {**calm, "amount_to": 5000, "contract": [on], "steps": [BRANCH], "auto_approve_cap": 1000,
         "note": "Small and under contract passes by itself."},
        {**calm, "amount_to": 5000, "contract": [partly, off, "expired"], "steps": [BRANCH],
         "auto_approve_cap": 150, "note": "Petty purchases pass by themselves."},
        {**calm, "amount_from": 5000, "amount_to": 25000, "steps": [BRANCH, CATEGORY]},
        {**calm, "amount_from": 25000, "amount_to": 100000, "steps": [BRANCH, CATEGORY, CONTROL]},
        {**calm, "amount_from": 100000, "steps": [BRANCH, CATEGORY, CONTROL, CHIEF]},
        {"document_kind": REQUEST, "amount_from": 2500, "contract": [off], "steps": [CATEGORY],
         "note": "Buying outside contracts is looked at by the category."},
        {"document_kind": REQUEST, "budget": ["over", "unbudgeted"], "steps": [CONTROL],
         "note": "Nobody spends what is not there without finance."},
        {"document_kind": REQUEST, "supplier_risk": ["high"], "steps": [CATEGORY], "note": "Suppliers of high risk."},
        {"document_kind": REQUEST, "urgency": ["emergency"], "amount_to": 25000, "steps": [QUICK],
         "note": "An emergency is decided within two hours, and reviewed afterwards."},
        {"document_kind": REQUEST, "urgency": ["emergency"], "amount_from": 25000,
         "steps": [QUICK, step(2, "Controller", "entity", 2, above="CFO")],
         "note": "A dear emergency needs the controller too."},
        {"document_kind": REQUEST, "site": scene.sites["BRS"], "amount_from": 3000, "steps": [CONTROL],
         "owner": "Controller", "ends_on": scene.until.date() + timedelta(days=25),
         "note": "Bristol opened this year: finance looks on."},
        {"document_kind": REQUEST, "category": scene.categories["CHE"], "amount_from": 60000,
         "forbid": "Chemicals above 60,000 are bought by tender, not by request."},
        {"document_kind": REQUEST, "category": scene.categories["TOO-PWR"], "amount_from": 1500,
         "steps": [CATEGORY], "note": "Power tools are leased where possible."},
        {"document_kind": "expedite", "amount_to": 1000, "steps": [step(1, "Branch manager", "site", 2)]},
        {"document_kind": "expedite", "amount_from": 1000, "steps": [step(1, "Controller", "entity", 2, above="CFO")],
         "note": "What a faster delivery may cost is finance's question from 1,000 on."},
        {"document_kind": "price_exception", "steps": [CONTROL], "auto_approve_cap": 50},
        {"document_kind": CHANGE, "amount_to": 10000, "steps": [CATEGORY], "auto_approve_cap": 250},
        {"document_kind": CHANGE, "amount_from": 10000, "steps": [CATEGORY, CONTROL]},
    ]  # fmt: skip


def found(scene: Scene) -> None:
    said: dict[str, Any] = {"by": WORLD, "at": scene.founding}
    matrix = authority.draft_matrix(name="Authority matrix", key=scene.key(), **said)
    written = rules(scene)
    places, parts = list(scene.sites.values()), list(scene.categories.values())
    written += growth.rules(scene.scale.rules - len(written), places, parts, [BRANCH, CATEGORY])
    matrix = authority.set_rules(matrix=matrix, rules=written, seen=matrix.version, key=scene.key(), **said)
    authority.publish(matrix=matrix, seen=matrix.version, key=scene.key(), **said)
