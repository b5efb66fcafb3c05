"""What was received and not yet billed."""
