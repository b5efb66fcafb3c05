"""What the supplier answers."""
