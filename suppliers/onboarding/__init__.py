"""A firm on its way in: what it says of itself, whether we know it already, what a hold would bring about."""
