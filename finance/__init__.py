"""What it costs: budgets, commitments, accruals, invoices and their matching."""
