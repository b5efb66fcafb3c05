"""Finding things by number or name; each package registers its finders."""

from foundation.search.registry import Finder, Group, Hit, exact, register, search

__all__ = ["Finder", "Group", "Hit", "exact", "register", "search"]
