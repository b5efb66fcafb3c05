"""Rows that only the door may change."""

from typing import Any, ClassVar

from django.db import models

from foundation.scopes.querysets import ScopedQuerySet

QUANTITY: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "default": 0}
"""A quantity in the item's base unit."""
MONEY: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "default": 0}
"""An amount or a price; the currency stands beside it."""
UNSEEN: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}
"""A key from a document to master data: no way back, or it would be a way around scopes."""


class Recorded(models.Model):
    """A row with a life in the journal. The head of its chain lives on the row: no extra read, and a cut tail shows."""

    lock_rank: ClassVar[int]
    """Where the row stands in the order of locks: lower ranks are locked first (docs/decisions/0003)."""

    fixed: ClassVar[tuple[str, ...]] = ()
    """Keys to rows whose facts no decision on this one depends on (a site's clock, an entity's code): a row under its
    lock takes them from the row that the caller had in hand."""

    version = models.PositiveIntegerField(default=0, editable=False)
    chain_length = models.PositiveIntegerField(default=0, editable=False)
    chain_head = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        return f"{self._meta.label_lower}:{self.pk}"


class Scoped(models.Model):
    """Rows that are shown by scope only. ``_base_manager`` stays plain, so keys, refresh, save and cascades work."""

    see_verb: ClassVar[str]
    """The verb that lets a person see these rows."""
    scope_paths: ClassVar[dict[str, str]]
    """Dimension -> column or path that carries it (``"site_id"``, ``"order__site_id"``); ``[]`` marks an array."""
    part_of: ClassVar[str | None] = None
    """For lines: the field that points at the document they are part of."""

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def places(self) -> dict[str, set[int]]:
        """Where this row stands, dimension by dimension; the Python twin of ``scope_paths``."""
        found: dict[str, set[int]] = {}
        for name, path in self.scope_paths.items():
            value: Any = self
            for step in path.removesuffix("[]").split("__"):
                value = getattr(value, step) if value is not None else None
            found[name] = set(value or []) if path.endswith("[]") else {value} - {None}
        return found

    def validate_unique(self, exclude: Any = None) -> None:
        """Uniqueness is the database's, which asks all rows; Django would ask the default manager."""

    def validate_constraints(self, exclude: Any = None, **_: Any) -> None:
        """As above."""


class Document(Recorded, Scoped):
    """A business document: recorded, and seen by scope."""

    class Meta:
        abstract = True


class Line(Scoped):
    """A line of a document: free from a row in hand, refused otherwise."""

    class Meta:
        abstract = True
