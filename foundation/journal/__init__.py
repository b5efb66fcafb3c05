"""What happened, once: audit trail, outbox and process log are the same rows."""
