"""Supplier invoices."""
