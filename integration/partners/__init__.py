"""Whose systems we talk to: under which names, in which syntax, which documents, on which way."""
