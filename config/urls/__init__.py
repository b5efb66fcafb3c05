"""Addresses: the back office, the portal, the API."""
