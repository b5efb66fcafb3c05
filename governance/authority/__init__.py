"""Who may approve what, up to how much, and who decides in whose place."""
