"""What we learn from the journal."""
