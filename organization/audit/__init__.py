"""The journal as an auditor reads it."""
