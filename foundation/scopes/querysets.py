"""Document querysets that refuse to run before somebody said whose eyes they are for.

The check sits in the query itself: rows, count, exists, sub-selects, unions and updates all ask it for a compiler.
Not covered: ``raw()``, cursors, joins from another model's filter.
"""

from typing import Any, Self

from django.db import models
from django.db.models import sql

from foundation.scopes.reach import reach
from foundation.values.actor import Actor


class Unscoped(Exception):
    """A document queryset ran without ``visible_to(actor)`` or ``everywhere(because=...)``."""


class ScopedQuery(sql.Query):
    """Refuses to be compiled until declared. A query that Django builds bare is the inner half of a checked one."""

    declared: str | None = "inside another query"

    def check(self) -> None:
        if not self.declared and not self.is_empty():
            name = self.model.__name__ if self.model else "?"
            raise Unscoped(f"{name}: say visible_to(actor) or everywhere(because=...)")

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        self.check()
        return super().get_compiler(*args, **kwargs)

    def chain(self, klass: Any = None) -> Any:
        if klass:  # update() and friends turn the query into another class
            self.check()
        return super().chain(klass)


class ScopedQuerySet(models.QuerySet):
    """The queryset of every document and of every line of one."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        if query is None:
            query = ScopedQuery(model)
            query.declared = None
        super().__init__(model, query, using, hints)

    def _declare(self, why: str) -> Self:
        queryset = self._chain()
        queryset.query.declared = why
        return queryset

    def everywhere(self, *, because: str) -> Self:
        """All rows, for system code that says why."""
        return self._declare(because)

    def visible_to(self, actor: Actor, verb: str | None = None) -> Self:
        """Keep only rows inside the actor's scopes for ``verb`` (by default, seeing them).

        One predicate on the document's own columns, whatever the number of documents, because grants are held on
        scopes and never on documents. An actor without any scope sees nothing.
        """
        held = reach(actor, verb or self.model.see_verb)
        return self.filter(held.predicate(self.model.scope_paths))._declare(f"visible to {actor}")

    def _add_hints(self, **hints: Any) -> None:
        """Django calls this when rows are reached from a row in hand: ``order.lines``, ``prefetch_related``."""
        super()._add_hints(**hints)
        if self.model.part_of and isinstance(hints.get("instance"), self._whole()):
            self.query.declared = "part of a row in hand"

    def _whole(self) -> type[models.Model]:
        return self.model._meta.get_field(self.model.part_of).remote_field.model

    def _raw_delete(self, using: Any) -> Any:  # fast deletes turn the query's class by hand
        getattr(self.query, "check", lambda: None)()
        return super()._raw_delete(using)
