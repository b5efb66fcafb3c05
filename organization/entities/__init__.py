"""Legal entities and their cost centers."""
