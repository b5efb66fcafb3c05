"""What the house and its sites set otherwise than delivered: standards, overrides, proposals that wait."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from foundation.values.actor import Actor
from governance.parameters import actions as parameters
from governance.parameters.models import ParameterValue
from governance.waivers import actions as waivers
from world.scene import Scene

AGREED: list[dict[str, Any]] = [
    {"parameter": "price_warning", "value": 15, "low": 5, "high": 40, "ago": 200, "by": "Niels Jonker",
     "reason": "A fifth more was noticed too late last year."},
    {"parameter": "price_warning", "value": 25, "site": "BRS", "ago": 40, "lasts": 120, "by": "Owen Blake",
     "reason": "Bristol buys at introductory prices until the framework contracts cover it."},
    {"parameter": "early_arrival_days", "value": 5, "entity": "UK01", "ago": 80, "lasts": 92, "by": "Callum Reid",
     "reason": "Carriers bundle loads across the Channel."},
]  # fmt: skip
PROPOSED: list[dict[str, Any]] = [
    {"parameter": "price_above", "value": 9, "site": "BRS", "ago": 2, "lasts": 90, "by": "Owen Blake",
     "reason": "Half of our lines come as “above” although the supplier has no other price for Bristol."},
    {"parameter": "related_days", "value": 5, "site": "EIN", "ago": 1, "lasts": 180, "by": "Femke Hoekstra",
     "reason": "The workshop asks for one job in several requests a week."},
]  # fmt: skip
REJECTED = {"parameter": "overstock_days", "value": 720, "site": "LDS", "ago": 30, "lasts": 180, "by": "Isla Murray",
            "reason": "The racks are there, and prices rise."}  # fmt: skip
WAIVERS: list[dict[str, Any]] = [
    {"check": "off_contract", "site": "BRS", "ago": 50, "lasts": 120, "by": "Owen Blake", "granted": True,
     "reason": "Bristol is not in the framework contracts until they are renewed."},
    {"check": "lead_time", "entity": "UK01", "ago": 60, "lasts": 65, "by": "Tom Hargreaves", "granted": True,
     "reason": "Carriers promise two days less than the catalog says."},
    {"check": "minimum", "site": "EIN", "ago": 1, "lasts": 60, "by": "Femke Hoekstra", "granted": False,
     "reason": "The workshop tries new grades in small lots."},
]  # fmt: skip
CHIEF = "Maud Terpstra"


def settle(scene: Scene) -> None:
    """Said after the story was told, so that the story is the same whatever is said here."""
    for said in AGREED:
        row = _propose(scene, **said)
        at = _ago(scene, said["ago"]) + timedelta(hours=3)
        parameters.agree(value=row, by=_who(scene, CHIEF), at=at, seen=row.version, key=scene.key())
    for said in PROPOSED:
        _propose(scene, **said)
    for said in WAIVERS:
        _waive(scene, **said)
    row = _propose(scene, **REJECTED)
    parameters.reject(
        value=row,
        answer="Two years of stock is what we want to be warned of.",
        by=_who(scene, CHIEF),
        at=_ago(scene, 29),
        seen=row.version,
        key=scene.key(),
    )


def _waive(
    scene: Scene, *, ago: int, lasts: int, by: str, granted: bool, entity: str = "", site: str = "", **said: Any
) -> None:
    at = _ago(scene, ago)
    row = waivers.ask(
        **said,
        entity=scene.entities.get(entity),
        site=scene.sites.get(site),
        ends_at=at + timedelta(days=lasts),
        by=_who(scene, by),
        at=at,
        key=scene.key(),
    )
    if granted:
        at += timedelta(hours=2)
        waivers.grant(waiver=row, by=_who(scene, CHIEF), at=at, seen=row.version, key=scene.key())


def _propose(
    scene: Scene, *, value: int, ago: int, by: str, entity: str = "", site: str = "", lasts: int = 0, **said: Any
) -> ParameterValue:
    at = _ago(scene, ago)
    figures = {name: Decimal(said.pop(name)) for name in ("low", "high") if name in said}
    return parameters.propose(
        **said,
        **figures,
        value=Decimal(value),
        entity=scene.entities.get(entity),
        site=scene.sites.get(site),
        ends_at=at + timedelta(days=lasts) if lasts else None,
        by=_who(scene, by),
        at=at,
        key=scene.key(),
    )


def _ago(scene: Scene, days: int) -> Any:
    return scene.until - timedelta(days=days)


def _who(scene: Scene, name: str) -> Actor:
    return scene.people[name].actor
