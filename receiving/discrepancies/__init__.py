"""What was short, over, damaged or wrong."""
