"""The script of faults: what goes wrong, for which requests, how often."""

import random
import threading
from dataclasses import asdict, dataclass
from typing import Any

KINDS = {
    "delay": "commit and answer only after some seconds; a caller who leaves early changes nothing",
    "drop_before_commit": "hang up, nothing done",
    "drop_after_commit": "commit, then hang up without an answer",
    "duplicate_commit": "commit twice, as a faulty ERP does",
    "status:500": "answer with this status, nothing done (any status; 429 and 503 name `seconds` as Retry-After)",
    "slow_body": "commit, then drip the answer over some seconds",
    "truncated_json": "commit, then answer with half a body",
    "wrong_schema": "commit, then answer with JSON nobody expects",
    "html_maintenance_200": "answer 200 with a maintenance page, nothing done",
    "accepted_then_failed": "answer 202; after some seconds the document has failed",
    "stale_look_up": "a look-up finds nothing",
}
WRITES = ("POST", "PUT")


class BadScript(ValueError):
    """The script cannot be played; the text says why."""


@dataclass
class Fault:
    """One line of the script. ``times`` counts down; None goes on for ever. ``chance`` is drawn per request."""

    fault: str
    match: str = "*"
    times: int | None = 1
    seconds: float = 1.0
    chance: float = 1.0
    met: int = 0

    def __post_init__(self) -> None:
        if self.fault not in KINDS and not self.status:
            raise BadScript(f"There is no fault {self.fault!r}. There are: {', '.join(KINDS)}.")
        if not isinstance(self.match, str) or not self.match.split():
            raise BadScript("`match` is a text like `purchase-orders`, `GET purchase-orders` or `*`.")

    @property
    def status(self) -> int:
        """The status to answer with; 0 when the fault is of another kind."""
        name, _, code = self.fault.partition(":")
        return int(code) if name == "status" and code.isdigit() and 400 <= int(code) <= 599 else 0

    def fits(self, method: str, path: str) -> bool:
        """`purchase-orders` means writing them; `GET purchase-orders` reading them; `*` all writing."""
        *methods, subject = self.match.split()
        return method in (methods or WRITES) and (subject == "*" or path.lstrip("/").startswith(subject.lstrip("/")))


class Script:
    """What is left to go wrong. The same seed, script and order of requests give the same faults."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.faults: list[Fault] = []
        self.turn = threading.Lock()

    def play(self, lines: list[dict[str, Any]]) -> None:
        """Replace the script."""
        try:
            faults = [Fault(**line) for line in lines]
        except TypeError as error:
            raise BadScript(f"A fault is like {asdict(Fault('delay'))}: {error}.") from error
        with self.turn:
            self.faults = faults

    def next(self, method: str, path: str) -> Fault | None:
        """The first fault that is due for this request, used up by one."""
        with self.turn:
            for place, fault in enumerate(self.faults):
                if fault.times == 0 or not fault.fits(method, path):
                    continue
                fault.met += 1
                if random.Random(f"{self.seed} {place} {fault.met}").random() >= fault.chance:
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def left(self) -> list[dict[str, Any]]:
        with self.turn:
            return [asdict(fault) for fault in self.faults]
