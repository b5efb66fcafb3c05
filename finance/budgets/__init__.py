"""Budget buckets and their ledger."""
