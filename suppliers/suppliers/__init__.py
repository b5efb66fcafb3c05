"""Suppliers and their contacts."""
