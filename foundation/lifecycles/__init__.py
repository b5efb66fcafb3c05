"""Moves between states that can explain themselves."""

from foundation.lifecycles.moves import Refused, move, reasons, unless, why_not

__all__ = ["Refused", "move", "reasons", "unless", "why_not"]
