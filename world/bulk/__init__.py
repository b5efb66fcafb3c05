"""Worlds for measuring: the same trade, drawn in Python and loaded by COPY instead of told through the actions."""
