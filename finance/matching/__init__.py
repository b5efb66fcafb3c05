"""Whether an invoice bills what was ordered and what arrived."""
