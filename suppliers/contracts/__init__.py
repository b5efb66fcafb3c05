"""Agreed prices and ceilings."""
