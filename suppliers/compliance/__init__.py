"""Failures of suppliers, counted against a threshold, and the class of their risk."""
