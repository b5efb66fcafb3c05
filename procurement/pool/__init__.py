"""What is approved and waits to be ordered."""
