"""Purchase orders: what we told a supplier we want, and what became of each line."""
