"""Signing in and out, proving that one is still there, and a person's own settings."""
