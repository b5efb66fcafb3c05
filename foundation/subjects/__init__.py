"""What upper floors bring to be decided: one handler a kind, in the same transaction."""
