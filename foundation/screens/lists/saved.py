"""A person's own views of a list: a name for an address."""

from django.db.models import Q

from foundation.screens.models import SavedView
from foundation.values.actor import Actor

MOST = 20


def views_of(path: str, actor: Actor) -> list[SavedView]:
    """The actor's views of the list at ``path`` and those that others share."""
    mine = Q(owner=str(actor)) | Q(is_shared=True)
    return list(SavedView.objects.filter(mine, path=path).order_by("is_shared", "name")[:MOST])
