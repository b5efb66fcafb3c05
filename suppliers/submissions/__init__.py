"""What a supplier said, through any channel."""
