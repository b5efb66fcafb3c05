"""People who keep the matrix of the small distributor: one writes, another publishes."""

from collections.abc import Callable
from typing import Any

import pytest

from governance.authority import actions as authority
from governance.authority import matrices
from governance.authority.models import AuthorityMatrix, MatrixRule
from organization.scopes import actions as scopes
from tests.scene import NOW, SETUP, Scene, fresh, key, person

VERBS = {
    "author": ["see_matrix", "edit_matrix"],
    "publisher": ["see_matrix", "edit_matrix", "publish_matrix", "delegate"],
    "reader": ["see_matrix"],
}


@pytest.fixture
def keepers(scene: Scene) -> Scene:
    for name, verbs in VERBS.items():
        scene.people[name] = person(name)
        role = scopes.define_role(name=name.title(), verbs=verbs, by=SETUP, at=NOW, key=key())
        scope = scopes.scope_of()
        scopes.give_role(person=scene.people[name], role=role, scope=scope, by=SETUP, at=NOW, key=key())
    return scene


@pytest.fixture
def drafted(keepers: Scene) -> Callable[..., AuthorityMatrix]:
    """A draft of the next version by the author, with the rules in force and then what is given."""

    def draft(*more: dict[str, Any], **first: Any) -> AuthorityMatrix:
        active = AuthorityMatrix.objects.get(status="active")
        made = authority.draft_matrix(name="Next", copy_of=active, by=keepers.author, at=NOW, key=key())
        rules = [matrices.as_given(row) for row in MatrixRule.objects.filter(matrix=made).order_by("number")]
        rules[0] |= first
        return authority.set_rules(
            matrix=fresh(made), rules=[*rules, *more], by=keepers.author, at=NOW, seen=made.version, key=key()
        )

    return draft
