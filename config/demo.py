"""The whole product on one machine: the servers, the two sites, the relay, the worker, and a stand-in ERP.

`./run demo` ends here. A second start keeps the data. Ctrl-C, TERM and even `kill -9` end every part.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg
from psycopg import sql

from config import localprocess, localservices

MANAGE = [sys.executable, str(localservices.ROOT / "manage.py")]
SETTINGS = "config.settings.local"
LOADED = "holds the demo distributor"
QUEUES = "deliver,import,mail,report,clock"
PORTS = {"PORT": "8000", "PORTAL_PORT": "8001", "ERP_PORT": "8002"}


class Demo:
    """The parts that run, each with its log in the state directory."""

    def __init__(self, services: localservices.Services) -> None:
        self.services = services
        self.state = services.state
        self.ports = chosen_ports()
        self.parts: dict[str, localprocess.Child] = {}

    def start_all(self) -> None:
        back_office, portal, erp = self.ports.values()
        self.start("erp", self.erp(erp), process="app")
        self.start("back office", gunicorn(back_office), process="app")
        self.start("portal", gunicorn(portal), process="portal")
        self.start("relay", [*MANAGE, "relay"], process="app")
        self.start("worker", self.worker(), process="app")
        for name, port in (("back office", back_office), ("portal", portal), ("erp", erp)):
            if not localprocess.answers(self.parts[name], partial(is_open, int(port))):
                return  # it ended, and watch() tells why

    def start(self, name: str, command: list[str], *, process: str) -> None:
        with self.log(name).open("wb") as sink:
            self.parts[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                cwd=localservices.ROOT,
                env=environment(process),
                start_new_session=True,
                preexec_fn=localprocess.dies_with_us(signal.SIGTERM),
            )

    def watch(self) -> str:
        """Wait for the first part that ends, and tell what it said last."""
        while True:
            for name, part in self.parts.items():
                if part.poll() is not None:
                    log = self.log(name)
                    return f"The {name} ended with code {part.returncode}. The end of {log}:\n{localprocess.tail(log)}"
            time.sleep(0.3)

    def stop(self) -> None:
        localprocess.stop(self.parts.values(), with_signal=signal.SIGTERM)
        self.services.stop()

    def log(self, name: str) -> Path:
        return self.state / f"{name.replace(' ', '-')}.log"

    def worker(self) -> list[str]:
        beat = ["-B", "-s", str(self.state / "beat")]
        return [sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", QUEUES, "-c", "1", "-l", "INFO", *beat]

    def erp(self, port: str) -> list[str]:
        return [sys.executable, "-m", "integration.erp.standin", "--port", port, "--store", str(self.state / "erp.db")]


def serve() -> int:
    """Start everything, say where it is, and stay until told to stop or until a part fails."""
    print("Countersign demo", flush=True)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    demo = None
    try:
        with step("PostgreSQL and Valkey"):
            demo = Demo(localservices.start_for_demo())
        refuse_taken(demo.ports)
        with step("tables"):
            migrate()
        with step("the demo distributor"):
            load_world()
        with step("the sites, the relay, the worker, the ERP"):
            demo.start_all()
        say_welcome(demo.ports)
        print(demo.watch(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The data are kept.")
        return 0
    finally:
        if demo:
            demo.stop()


def shell() -> int:
    """A Django shell on the demo's data, next to a running demo or alone."""
    services = localservices.start_for_demo()
    try:
        migrate()
        return subprocess.run([*MANAGE, "shell"], env=environment("owner")).returncode
    finally:
        services.stop()


def migrate() -> None:
    if subprocess.run([*MANAGE, "migrate", "-v", "0"], env=environment("owner")).returncode:
        raise SystemExit("The tables could not be brought up to date; see above.")


def load_world() -> None:
    """Fill an empty database once; the database itself remembers that it was."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        found = owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        if found == (LOADED,):
            return
        if not command_works("world", "--help"):
            print("  (there is no demo distributor to load yet)")
            return
        if subprocess.run([*MANAGE, "world", "--scale", "small", "--seed", "1"], env=environment("owner")).returncode:
            raise SystemExit("The demo distributor could not be loaded; see above.")
        name = sql.Identifier(owner.info.dbname)
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, LOADED))


def say_welcome(ports: dict[str, str]) -> None:
    print(f"\n  Back office       http://localhost:{ports['PORT']}")
    print(f"  Supplier portal   http://localhost:{ports['PORTAL_PORT']}\n")
    print(command_works("world", "--logins"))
    print("  Ctrl-C stops everything; the data are kept.", flush=True)


def command_works(*command: str) -> str:
    """What a command prints; empty when it fails or is not there."""
    asked = subprocess.run([*MANAGE, *command], env=environment("owner"), capture_output=True, text=True)
    return asked.stdout if asked.returncode == 0 else ""


def gunicorn(port: str) -> list[str]:
    options = [
        "--bind",
        f"{localprocess.LOOPBACK}:{port}",
        "--threads",
        "4",
        "--no-control-socket",
        "--access-logfile",
        "-",
    ]
    return [sys.executable, "-m", "gunicorn", *options, "config.wsgi"]


def environment(process: str) -> dict[str, str]:
    """What a part must know: where everything is, and which database role it has itself."""
    ports = chosen_ports()
    return {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "OFFICE_ADDRESS": f"http://localhost:{ports['PORT']}",
        "PORTAL_ADDRESS": f"http://localhost:{ports['PORTAL_PORT']}",
        "ERP_URL": f"http://{localprocess.LOOPBACK}:{ports['ERP_PORT']}",
        "FILE_STORE": str(localservices.demo_state() / "files"),
        **os.environ,
        "COUNTERSIGN_PROCESS": process,
    }


def chosen_ports() -> dict[str, str]:
    return {name: os.environ.get(name, usual) for name, usual in PORTS.items()}


def refuse_taken(ports: dict[str, str]) -> None:
    for name, port in ports.items():
        if is_open(int(port)):
            raise SystemExit(f"Port {port} is taken. Stop what uses it, or choose another: {name}=9000 ./run demo")


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((localprocess.LOOPBACK, port)) == 0


@contextmanager
def step(name: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    print(f"  {name:<44}{time.monotonic() - begun:6.1f} s", flush=True)


def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__" and sys.argv[1:] == ["shell"]:
    sys.exit(shell())
