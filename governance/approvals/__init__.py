"""Asking, deciding, taking back."""
