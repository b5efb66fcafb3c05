"""Whom we talk to: ERP, files, other systems."""
