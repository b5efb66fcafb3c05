"""Exceptions with an owner, a clock and a way out."""
