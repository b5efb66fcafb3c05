"""People who keep the standards of the small distributor: the house's, and those of one site."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from governance.parameters import actions as parameters
from governance.parameters.models import ParameterValue
from organization.scopes import actions as scopes
from tests.scene import NOW, SETUP, Scene, fresh, key, person

VERBS = ["see_parameter", "propose_parameter", "decide_parameter"]
SOON = NOW + timedelta(minutes=2)
"""When what is agreed now is in force."""
LATER = NOW + timedelta(days=60)


@pytest.fixture
def governors(scene: Scene) -> Scene:
    """``standard`` and ``second`` for the house, ``local`` for Rotterdam, ``onlooker`` who only looks."""
    places: dict[str, dict[str, Any]] = {"standard": {}, "second": {}, "local": {"site": scene.site.pk}, "onlooker": {}}
    for name, where in places.items():
        scene.people[name] = person(name)
        verbs = VERBS[:1] if name == "onlooker" else VERBS
        role = scopes.define_role(name=name.title(), verbs=verbs, by=SETUP, at=NOW, key=key())
        scope = scopes.scope_of(**where)
        scopes.give_role(person=scene.people[name], role=role, scope=scope, by=SETUP, at=NOW, key=key())
    return scene


@pytest.fixture
def proposed(governors: Scene) -> Callable[..., ParameterValue]:
    def propose(name: str, value: Any, *, by: str = "standard", at: Any = NOW, **more: Any) -> ParameterValue:
        if ("site" in more or "entity" in more) and "ends_at" not in more:
            more["ends_at"] = LATER
        said = {"parameter": name, "value": Decimal(str(value)), "reason": "It fits us better.", **more}
        return parameters.propose(**said, by=getattr(governors, by), at=at, key=key())

    return propose


@pytest.fixture
def agreed(governors: Scene, proposed: Callable[..., ParameterValue]) -> Callable[..., ParameterValue]:
    def agree(name: str, value: Any, *, at: Any = NOW, **more: Any) -> ParameterValue:
        row = proposed(name, value, at=at, **more)
        parameters.agree(value=row, by=governors.second, at=at, seen=row.version, key=key())
        return fresh(row)

    return agree
