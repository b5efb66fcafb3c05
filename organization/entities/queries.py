"""Questions to legal entities."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from foundation.scopes.reach import Reach, reach
from foundation.values.actor import Actor
from organization.entities.models import LegalEntity

OWN = "organization"


def entities_of(actor: Actor, verb: str) -> QuerySet[LegalEntity]:
    """Where somebody holds a verb, for whatever goods and suppliers: what they agreed to is his to read."""
    places = Reach({"entity": row["entity"], "site": row["site"]} for row in reach(actor, verb).rows)
    return LegalEntity.objects.filter(places.predicate({"entity": "pk", "site": "sites"})).distinct().order_by("code")


def is_used(entity: LegalEntity) -> bool:
    """Whether amounts may stand in its currency: some row of an upper floor points at the entity. One query."""
    pointing = [
        Exists(relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")}))
        for relation in _relations()
        if relation.related_model._meta.app_label != OWN
    ]
    return bool(pointing) and LegalEntity.objects.filter(reduce(or_, pointing), pk=entity.pk).exists()


def _relations() -> list[Any]:
    every = LegalEntity._meta.get_fields(include_hidden=True)
    return [one for one in every if one.auto_created and (one.one_to_many or one.one_to_one)]
