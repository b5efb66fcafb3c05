"""Document numbers without races: PO-NL01-2026-000123. They may have gaps."""
