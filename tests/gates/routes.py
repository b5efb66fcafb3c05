"""Every route of the back office as addresses that can be asked for."""

import re
from dataclasses import dataclass
from uuid import UUID

from foundation.screens import policies

NOBODYS = {"int": "999999999", "uuid": str(UUID(int=7)), "slug": "nothing", "str": "NOTHING-1", "path": "nothing"}
"""For each converter a value that no row has."""
CONVERTER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
REGEX_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^)]*\)")


@dataclass(frozen=True)
class Route:
    pattern: str
    policy: tuple[str, ...]
    view: str

    @property
    def address(self) -> str:
        """The route with values that no row has: for tests of who may come in at all."""
        path = REGEX_GROUP.sub("999999999", self.pattern)  # first: a named group looks like a converter
        path = CONVERTER.sub(lambda found: NOBODYS[found["kind"] or "str"], path)
        return "/" + path.replace("^", "").replace("\\.", ".").rstrip("$").replace("/?", "/").replace("\\Z", "")

    @property
    def parameters(self) -> list[str]:
        return [found["name"] for found in CONVERTER.finditer(self.pattern)]

    def __str__(self) -> str:
        return "/" + self.pattern


def every_route(urlconf: str = "config.urls.internal") -> list[Route]:
    return [
        Route(address, policies.policy_of(pattern.callback) or (), policies.name_of(pattern.callback))
        for address, pattern in policies.routes(urlconf)
    ]
