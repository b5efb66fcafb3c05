"""Warehouses and branches, their docks and locations."""
