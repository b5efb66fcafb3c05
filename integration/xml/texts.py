"""Texts as XML keeps them: without blanks at their ends, and none that says nothing."""

import dataclasses
from typing import Any


def tidy(part: Any) -> Any:
    """The same part with each text stripped; empty notes and lines of an address are left out."""
    if isinstance(part, str):
        return part.strip()
    if isinstance(part, tuple):
        return tuple(made for each in part if (made := tidy(each)) != "")
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        return dataclasses.replace(
            part, **{each.name: tidy(getattr(part, each.name)) for each in dataclasses.fields(part)}
        )
    return part
