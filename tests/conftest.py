"""Fixtures for everybody."""
