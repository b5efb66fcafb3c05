"""Who buys from us."""
