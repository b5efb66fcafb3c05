"""How an order changes after it was issued."""
