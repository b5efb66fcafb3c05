"""Ship notices (despatch advice)."""
