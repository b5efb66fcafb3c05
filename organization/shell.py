"""Tells the pages what they must know about people."""

from foundation.screens import directory
from organization.people import queries, views

directory.provide(names=queries.names_of, granters=queries.granters_of, sign_in=views.ask_to_sign_in)
