"""Goods counted and posted."""
