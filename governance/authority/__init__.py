"""Who may approve what, up to how much, and who stands in for whom."""
