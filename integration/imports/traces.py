"""Who built on a master row: every table that points at it, except its own parts."""

from collections.abc import Iterable

from django.db.models import Model

from foundation.documents.models import Recorded

MOST = 4


def traces(row: Recorded, *, parts: Iterable[type[Model]] = ()) -> list[str]:
    """Names of what points at the row, a few of them. Deletes nothing, so it asks through plain managers."""
    own, found = set(parts), []
    for relation in row._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model = relation.related_model
        if model in own or issubclass(type(row), model):
            continue
        if model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            found.append(str(model._meta.verbose_name))
    return sorted(set(found))[:MOST]
