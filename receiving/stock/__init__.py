"""What stands where, and every movement of it."""
