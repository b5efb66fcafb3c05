"""The one door through which a document changes."""

from foundation.door.door import deciding, opening, verb
from foundation.door.refusals import Busy, KeyReused, Stale

__all__ = ["Busy", "KeyReused", "Stale", "deciding", "opening", "verb"]
