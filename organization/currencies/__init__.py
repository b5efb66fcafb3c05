"""Dated exchange rates."""
