"""Customer orders as demand."""
