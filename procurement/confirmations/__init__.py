"""What suppliers answer to an order, whatever the channel."""
