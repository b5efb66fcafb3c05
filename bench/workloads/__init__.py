"""The workloads by name. Each one asserts what came out before it says how long it took."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from bench import server
from bench.measure import Figure
from bench.server import Client
from bench.stage import Stage
from organization.people.models import Person


class Peer(Protocol):
    """Another product that does the same work on the same machine, a sample at a time."""

    name: str

    def seconds(self, work: str, *given: Any) -> list[float]:
        """How long each sample of ``order``, ``concurrent``, ``receipt`` or ``search`` took."""


@dataclass
class Run:
    """What every workload is given. The servers start when the first one needs them."""

    state: Path
    samples: int = 20
    lines: int = 1000
    peer: Peer | None = None
    parts: ExitStack = field(default_factory=ExitStack)
    environment: dict[str, str] = field(default_factory=dict)
    browser: Any = None
    """One that runs already: there can be one in a process."""

    @cached_property
    def stage(self) -> Stage:
        return Stage()

    @cached_property
    def port(self) -> int:
        return self.parts.enter_context(server.serving(self.state, **self.environment))

    @cached_property
    def plain_port(self) -> int:
        """Django alone, in as many workers."""
        return self.parts.enter_context(server.serving(self.state, "bench.plain", **self.environment))

    def client(self, person: Person) -> Client:
        return Client(self.port, person)


Workload = Callable[[Run], Iterable[Figure]]
workloads: dict[str, Workload] = {}


def workload(measured: Workload) -> Workload:
    workloads[measured.__name__] = measured
    return measured


from bench.workloads import (  # noqa: E402, F401
    approving,
    ceilings,
    deciding,
    delivering,
    edi,
    gridding,
    ordering,
    reading,
    receiving,
    seeing,
    supplying,
    walking,
)
