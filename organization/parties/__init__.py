"""Everybody we deal with, by name and number."""
