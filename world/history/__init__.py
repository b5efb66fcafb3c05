"""What happened: sixty days of requests, orders, deliveries and invoices, through the product's own actions."""
