"""A small ERP of our own, for the demo and for tests: real HTTP, real documents, and faults on request.

    python -m integration.erp.standin --port 8002 --store erp.db

It is a separate process that shares nothing with the product but the canonical documents.
"""
