"""What every recorded row carries: a version, a chain of entries, a place in the order of locks."""
