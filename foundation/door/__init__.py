"""The one door through which a document changes."""

from foundation.door.door import AS_IT_IS, compare, deciding, deciding_together, entered, opening, verb, verb_of_many
from foundation.door.proofs import ProofNeeded
from foundation.door.refusals import Busy, KeyReused, Stale

__all__ = [
    "AS_IT_IS",
    "Busy",
    "KeyReused",
    "ProofNeeded",
    "Stale",
    "compare",
    "deciding",
    "deciding_together",
    "entered",
    "opening",
    "verb",
    "verb_of_many",
]
