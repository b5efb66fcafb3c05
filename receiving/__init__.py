"""What arrives: stock, notices, receipts, inspections and what is wrong with them."""
