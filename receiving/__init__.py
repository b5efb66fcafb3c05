"""What arrives: expected goods, ship notices, receipts, stock."""
