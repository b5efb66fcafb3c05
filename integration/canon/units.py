"""Units of measure as the documents say them: UN/ECE Recommendation 20."""

ONE_PIECE = frozenset({"EA", "H87", "C62"})
"""Each, piece and one: senders choose between them freely."""


def is_same(one: str, other: str) -> bool:
    """Whether two codes mean one unit."""
    return one == other or {one, other} <= ONE_PIECE
