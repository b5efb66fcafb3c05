"""Relays and workers as processes of their own, to be killed.

``python -m tests.foundation.journal.processes`` is a nursery: a clean process with everything loaded, no threads and
no connections, that forks a relay for every line it reads and says who died and how. A fork takes milliseconds where
a start takes a second, so hundreds of kills fit into a test. Workers are Celery's own.
"""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django

from foundation import failpoints

ROOT = Path(__file__).resolve().parents[3]
RELAY_POINTS = ["claim.written", "claim.committed", "call.before", "call.after", "finish.written", "finish.committed"]
HANDING_POINTS = ["claim.written", "claim.committed", "hand.sent"]
WORKER_POINTS = ["start.written", "start.committed", "call.before", "call.after", "finish.written", "finish.committed"]


def environment(database: str, port: int, **more: str) -> dict[str, str]:
    """For a process that works on this database and tells this receiver."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    address = f"{url.rpartition('/')[0]}/{database}"
    given = {"DATABASE_URL": address, "DATABASE_OWNER_URL": address, "RECEIVER": str(port)}
    return {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "tests.foundation.journal.process_settings", **more}


class Nursery:
    """Forks relays; ``kills`` counts those that died as they should, by the point where they did."""

    def __init__(self, database: str, port: int, **more: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.foundation.journal.processes"],
            cwd=ROOT,
            env=environment(database, port, **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.kills: Counter[str] = Counter()

    def fork(self, point: str = "", passes: int = 1, **options: Any) -> None:
        """One relay, to die at this point when it passes it so often; without a point it works until all is done."""
        assert self.process.stdin
        print(json.dumps({"point": point, "passes": passes, "options": options}), file=self.process.stdin, flush=True)

    def wait(self) -> str:
        """Until one relay ends; where it was killed, or nothing."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the nursery is gone")
        point = json.loads(line)["killed_at"]
        if point:
            self.kills[point] += 1
        return str(point)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Worker:
    """Celery's worker with one process at a time, which dies again and again at these points."""

    def __init__(self, database: str, port: int, log: Path, **failpoint_passes: int) -> None:
        self.log = log
        armed = ",".join(f"{name.replace('_', '.')}:{passes}" for name, passes in failpoint_passes.items())
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", "deliver", "-c", "2"]
        with log.open("a") as sink:
            self.process = subprocess.Popen(
                [*command, "--without-gossip", "--without-mingle", "--without-heartbeat", "--pool", "prefork"],
                cwd=ROOT,
                env=environment(database, port, FAILPOINT=armed),
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )

    def kills(self) -> int:
        return self.log.read_text().count("WorkerLostError('Worker exited prematurely: signal 9")

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def nurse() -> None:
    """The nursery's own loop: fork for every line, report every death."""
    django.setup()
    alive: dict[int, str] = {}
    heard = b""
    while True:
        if select.select([0], [], [], 0.005)[0]:
            said = os.read(0, 65536)
            if not said:  # whoever asked is gone, and what it asked for is nobody's any more
                for child in alive:
                    os.kill(child, signal.SIGKILL)
                return
            *lines, heard = (heard + said).split(b"\n")
            for line in lines:
                wanted = json.loads(line)
                alive[fork(**wanted)] = wanted["point"]
        child, status = os.waitpid(-1, os.WNOHANG) if alive else (0, 0)
        if child:
            point = alive.pop(child)
            print(json.dumps({"killed_at": point if os.WIFSIGNALED(status) else ""}), flush=True)


def fork(point: str, passes: int, options: dict[str, Any]) -> int:
    if child := os.fork():
        return child
    try:
        relay(point, passes, options)
    finally:
        os._exit(0)


def relay(point: str, passes: int, options: dict[str, Any]) -> None:
    """Work until nothing waits any more, or die."""
    from foundation.journal.models import Delivery
    from foundation.journal.relay import Relay
    from foundation.journal.workers import Workers

    failpoints.armed.clear()
    if point:
        failpoints.armed[point] = passes
    workers = None
    if options.pop("hands_over", False):
        workers = Workers()
        workers.heard()
    waiting = Delivery.objects.filter(status=Delivery.Status.READY)
    Relay(workers=workers, **options).run(until=lambda: not waiting.exists())


if __name__ == "__main__":
    nurse()
