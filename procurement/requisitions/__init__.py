"""What somebody needs."""
