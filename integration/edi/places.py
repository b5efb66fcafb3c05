"""Where something stands in a message, in the words of whoever must find it."""


def at(number: int, tag: str, element: int = 0, component: int = 0) -> str:
    """``PO1-04, segment 12``; a component of a composite is ``C040-05.2``. Segments are counted within the file."""
    place = f"{tag}-{element:02}" if element else tag
    return f"{place}.{component}, segment {number}" if component else f"{place}, segment {number}"
