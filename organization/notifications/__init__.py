"""Telling people, in the product and by mail."""
