"""Start a server process on this machine that never runs as root and never outlives its launcher."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypedDict

LOOPBACK = "127.0.0.1"
CLEAN_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
PR_SET_PDEATHSIG = 1
Child = subprocess.Popen[bytes]


class Account(TypedDict, total=False):
    """Whom a process runs as, as keywords for `subprocess`; empty means ourselves."""

    user: int
    group: int
    extra_groups: list[int]


class NoService(SystemExit):
    """A server is missing or will not start; the text says what to do about it."""


def unprivileged_account() -> Account:
    """Somebody other than root, because PostgreSQL refuses root. No account is ever created for it."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoService("PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody` to run it.")


def open_to_all(path: Path) -> bool:
    """Whether any account may walk down to this path."""
    return all(folder.stat().st_mode & 0o001 for folder in path.parents if folder.exists())


def state_root() -> Path:
    """Where this user's state belongs; for root with a closed home, where the system's state belongs."""
    given = os.environ.get("XDG_STATE_HOME")
    root = (Path(given) if given else Path.home() / ".local" / "state") / "countersign"
    if os.geteuid() == 0 and not open_to_all(root):
        root = Path("/var/lib/countersign")
    return root


def dies_with_us(with_signal: signal.Signals) -> Callable[[], None]:
    """What a child does before it starts, so that it gets the signal when its launcher dies, also by `kill -9`."""
    launcher = os.getpid()
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None).prctl

    def bind_fate() -> None:
        prctl(PR_SET_PDEATHSIG, with_signal)
        if os.getppid() != launcher:  # it died while we were being made
            os._exit(1)

    return bind_fate


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def launch(
    command: Callable[[int], list[str]],
    *,
    ready: Callable[[int], bool],
    log: Path,
    account: Account,
    typed: str = "",
) -> tuple[Child, int]:
    """Start a server on a free port and wait until it answers.

    `typed` goes to its standard input, which nobody else can read. Three tries, because somebody else may take
    the free port first.
    """
    log.touch(mode=0o600)
    for _ in range(3):
        port = free_port()
        with log.open("ab") as sink:
            server: Child = subprocess.Popen(
                command(port),
                stdin=subprocess.PIPE,
                stdout=sink,
                stderr=sink,
                env=CLEAN_ENV,
                cwd="/",
                umask=0o077,
                start_new_session=True,  # Ctrl-C is for the launcher, which then stops its servers in order
                preexec_fn=dies_with_us(signal.SIGINT),
                **account,
            )
        assert server.stdin
        with contextlib.suppress(BrokenPipeError), server.stdin as pipe:
            pipe.write(typed.encode())
        if answers(server, partial(ready, port)):
            return server, port
        stop([server])
    raise NoService(f"{command(0)[0]} does not start; its log {log} ends with:\n{tail(log)}")


def answers(server: Child, ready: Callable[[], bool], *, within: float = 60) -> bool:
    deadline = time.monotonic() + within
    while server.poll() is None and time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(0.02)
    return False


def stop(processes: Iterable[Child], *, with_signal: signal.Signals = signal.SIGINT) -> None:
    """Ask all of them to end at once, then wait for each, and insist after 15 seconds."""
    processes = list(processes)
    for process in processes:
        process.send_signal(with_signal)
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()
        process.wait()


def tail(log: Path, *, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def keep_passwords(file: Path, names: Iterable[str]) -> dict[str, str]:
    """The generated password for each name, made once and readable only by us."""
    if not file.exists():
        made = {name: secrets.token_hex(24) for name in names}
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            json.dump(made, new)
    kept: dict[str, str] = json.loads(file.read_text())
    return kept
