"""Moves between states that can explain themselves."""

from foundation.lifecycles.fields import StateField
from foundation.lifecycles.moves import Refused, move, reasons, transition, unless, why_not

__all__ = ["Refused", "StateField", "move", "reasons", "transition", "unless", "why_not"]
