"""cXML 1.2: orders, confirmations, ship notices and invoices, as tables."""
