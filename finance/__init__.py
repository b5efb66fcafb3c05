"""What it costs: budgets, commitments, accruals, invoices, matching."""
