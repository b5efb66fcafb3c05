"""Who gets the goods."""
