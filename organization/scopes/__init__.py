"""Where a verb is granted."""
