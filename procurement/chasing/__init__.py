"""Late answers and late goods: reminded of, escalated, and whose time it was."""
