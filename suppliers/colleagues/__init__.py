"""Whoever looks after a supplier's company in the portal looks after its people there."""
