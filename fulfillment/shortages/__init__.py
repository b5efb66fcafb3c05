"""Goods that did not come and whom that hurts."""
