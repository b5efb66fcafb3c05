"""Persons, their credentials, roles and memberships."""
