"""What was counted at the dock, and what it means for stock, order and supplier."""
