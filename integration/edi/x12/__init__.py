"""The tables of X12, 004010 to 005010."""
