"""Change what may be changed about a company of ours."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from organization.entities.events import CostCenterOpened, EntityChanged
from organization.entities.models import CostCenter, LegalEntity
from organization.entities.queries import is_used

CHANGEABLE = ("name", "country", "currency", "vat_number", "calendar", "posts_first", "tax_on_limits", "gs1_prefix")
"""The code stays: it is in every number. The currency stays as soon as an amount may stand in it."""


@verb
def change(*, entity: LegalEntity, values: dict[str, Any], by: Actor, at: datetime, seen: int, key: str) -> LegalEntity:
    assert values.keys() <= set(CHANGEABLE), values.keys()
    with deciding(entity, by=by, seen=seen, key=key) as entity:
        _allowed(entity, by)
        if values.get("currency", entity.currency) != entity.currency and is_used(entity):
            said = {"entity": entity.code, "currency": entity.currency}
            raise Refused(_("%(entity)s keeps %(currency)s: limits, budgets or documents are written in it.") % said)
        for name, value in values.items():
            setattr(entity, name, value)
        journal.record(EntityChanged(subject=entity.subject, code=entity.code), at=at)
    return entity


@verb
def open_cost_center(
    *, entity: LegalEntity, code: str, name: str, by: Actor, at: datetime, seen: int, key: str
) -> LegalEntity:
    """Somebody new who carries cost. It has no budget until somebody gives it one."""
    with deciding(entity, by=by, seen=seen, key=key) as entity:
        _allowed(entity, by)
        if entity.cost_centers.filter(code__iexact=code).exists():
            said = {"entity": entity.code, "code": code}
            raise Refused(_("%(entity)s has a cost center %(code)s already.") % said)
        CostCenter.objects.create(entity=entity, code=code, name=name)
        journal.record(CostCenterOpened(subject=entity.subject, code=code, name=name), at=at)
    return entity


def _allowed(entity: LegalEntity, by: Actor) -> None:
    if not reach(by, "edit_master_data").covers({"entity": {entity.pk}}):
        raise NotYours("edit_master_data", str(entity))
