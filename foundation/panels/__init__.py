"""Slots on a page that upper floors fill at page time, each by its own request."""
