"""What we order from whom."""
