"""Working days and hours."""
