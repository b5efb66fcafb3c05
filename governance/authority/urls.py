"""Addresses of the authority matrix and of delegations."""

urlpatterns: list = []
