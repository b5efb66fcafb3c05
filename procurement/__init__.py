"""What we order: requisitions, orders, changes and what suppliers confirm."""
