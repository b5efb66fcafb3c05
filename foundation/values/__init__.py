"""Small values that every package speaks: who, how much, how many."""
