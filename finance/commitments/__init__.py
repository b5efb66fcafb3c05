"""What issued orders bind, line by line."""
