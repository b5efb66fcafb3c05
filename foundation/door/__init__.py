"""The one door through which a document changes."""

from foundation.door.door import AS_IT_IS, deciding, opening, verb
from foundation.door.proofs import ProofNeeded
from foundation.door.refusals import Busy, KeyReused, Stale

__all__ = ["AS_IT_IS", "Busy", "KeyReused", "ProofNeeded", "Stale", "deciding", "opening", "verb"]
