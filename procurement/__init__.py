"""What we order: requisitions, orders, confirmations, changes."""
