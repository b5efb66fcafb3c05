"""Credits that a supplier agreed to and that are to come."""
