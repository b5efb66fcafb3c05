"""Permission for what the rules would not allow by themselves: a price exception, expediting, a tolerance."""
