"""Other products that do the same work on the same machine."""

import argparse
import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config import localprocess, localservices

SIDE = Path(__file__).resolve().parent / "tryton_side.py"


def options(parser: argparse.ArgumentParser) -> None:
    harness = os.environ.get("TRYTON_HARNESS")
    parser.add_argument(
        "--harness",
        type=Path,
        default=harness,
        help="the folder of the peer's setup.sh and bench.py (TRYTON_HARNESS)",
    )
    parser.add_argument(
        "--peer-state",
        type=Path,
        default=os.environ.get("TRYTON_STATE") or localprocess.state_root() / "bench-tryton",
        help="where the peer is installed, or will be (TRYTON_STATE)",
    )
    parser.add_argument("--peer-rows", type=int, default=100_000, help="purchases that the peer holds for searches")


class Tryton:
    """The peer's own process, which answers one line with how long each sample took."""

    name = "tryton"

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def seconds(self, work: str, *given: Any) -> list[float]:
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps([work, *given]), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("The peer ended; see above.")
        took: list[float] = json.loads(line)
        return took


@contextmanager
def tryton(asked: argparse.Namespace) -> Iterator[Tryton]:
    """Tryton as its harness installs it: set up on first use, which takes some minutes, and kept."""
    if not asked.harness or not (asked.harness / "bench.py").exists():
        raise SystemExit("Say where the peer's harness is: --harness FOLDER, or TRYTON_HARNESS in the environment.")
    state, harness = asked.peer_state.absolute(), asked.harness.absolute()
    state.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([harness / "setup.sh", state], check=True, stdout=subprocess.DEVNULL)
    python, prepared = state / "venv" / "bin" / "python", state / "prepared"
    if not prepared.exists():
        subprocess.run([python, harness / "bench.py", "--state", state, "prepare"], check=True)
        prepared.touch()
    process = subprocess.Popen(
        [python, SIDE, harness / "bench.py", state, str(asked.peer_rows)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=localservices.ROOT,
        preexec_fn=localprocess.dies_with_us(signal.SIGTERM),
    )
    try:
        yield Tryton(process)
    finally:
        with contextlib.suppress(BrokenPipeError):
            assert process.stdin
            process.stdin.close()
        process.wait(60)
