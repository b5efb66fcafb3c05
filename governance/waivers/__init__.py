"""Exceptions to policy: granted by another, for a reason, for a time, and told wherever they were used."""
