"""Goods on their way out."""
