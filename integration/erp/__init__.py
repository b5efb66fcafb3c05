"""The ERP: a client for it, and a stand-in that behaves as badly as asked."""
