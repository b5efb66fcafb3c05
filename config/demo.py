"""The whole product on one machine: the servers, the two sites, the relay, the worker, and a stand-in ERP.

`./run demo` ends here. A second start keeps the data. Ctrl-C, TERM and even `kill -9` end every part.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from config import localprocess, localservices
from config.localprocess import LOOPBACK

MANAGE = [sys.executable, str(localservices.ROOT / "manage.py")]
SETTINGS = "config.settings.local"
REMEMBERED = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
LOADED = "holds the demo distributor"
ERP = "integration.erp.standin"
QUEUES = "deliver,import,mail,report,clock"
WORKER = [sys.executable, "-m", "celery", "-A", "config", "worker", "-B", "-Q", QUEUES, "-c", "1", "-l", "INFO"]
USUAL_PORTS = {"PORT": "8000", "PORTAL_PORT": "8001", "ERP_PORT": "8002"}
PORTS = {name: os.environ.get(name, usual) for name, usual in USUAL_PORTS.items()}
OFFICE = f"http://localhost:{PORTS['PORT']}"
PORTAL = f"http://localhost:{PORTS['PORTAL_PORT']}"


class Demo:
    """The parts that run, each with its log in the state directory."""

    def __init__(self, services: localservices.Services) -> None:
        self.services = services
        self.state = services.state
        self.parts: dict[str, localprocess.Child] = {}

    def start_sites(self) -> None:
        """What only answers when it is asked: it gets ready while the data are loaded."""
        back_office, portal, erp = PORTS.values()
        self.start("erp", [sys.executable, "-m", ERP, "--port", erp, "--store", str(self.state / "erp.db")])
        self.start("back office", gunicorn(back_office))
        self.start("portal", gunicorn(portal), process="portal")

    def start_rest(self) -> bool:
        """What acts by itself; false when one of the sites ended before it answered."""
        self.start("relay", [*MANAGE, "relay"])
        self.start("worker", [*WORKER, "-s", str(self.state / "beat")])
        back_office, portal, erp = PORTS.values()
        waited_for = {"back office": back_office, "portal": portal, "erp": erp}
        return all(localprocess.answers(self.parts[part], partial(is_up, port)) for part, port in waited_for.items())

    def start(self, name: str, command: list[str], *, process: str = "app") -> None:
        self.log(name).touch(mode=0o600)
        with self.log(name).open("wb") as sink:
            self.parts[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                cwd=localservices.ROOT,
                env=environment(process),
                umask=0o077,
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


def serve() -> int:
    """Start everything, say where it is, and stay until told to stop or until a part fails."""
    say("Countersign demo")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    demo = None
    try:
        refuse_taken()
        with step("PostgreSQL and Valkey"):
            demo = Demo(localservices.start_for_demo())
        with step("tables"):
            migrate()
        demo.start_sites()
        with step("the demo distributor"):
            load_world()
        with step("the sites, the relay, the worker, the ERP"), output_of("world", "--logins") as logins:
            up = demo.start_rest()
        if up:
            say_welcome(logins[0])
        say(demo.watch())
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The data are kept.")
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
        if owner.execute(REMEMBERED).fetchone() == (LOADED,):
            return
        if subprocess.run([*MANAGE, "world", "--scale", "small", "--seed", "1"], env=environment("owner")).returncode:
            raise SystemExit("The demo distributor could not be loaded; see above.")
        name = sql.Identifier(owner.info.dbname)
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, LOADED))


def say_welcome(logins: str) -> None:
    say(f"\n  Back office       {OFFICE}")
    say(f"  Supplier portal   {PORTAL}\n")
    say(logins)
    say("  Ctrl-C stops everything; the data are kept.")


@contextlib.contextmanager
def output_of(*command: str) -> Iterator[list[str]]:
    """What a command prints, once the block is over beside which it runs."""
    printed: list[str] = []
    with subprocess.Popen([*MANAGE, *command], env=environment("owner"), stdout=subprocess.PIPE, text=True) as asked:
        yield printed
        printed.append(asked.communicate()[0])


def gunicorn(port: str) -> list[str]:
    options = [f"--bind={LOOPBACK}:{port}", "--workers=2", "--threads=2", "--no-control-socket", "--access-logfile=-"]
    return [sys.executable, "-m", "gunicorn", *options, "config.wsgi"]


def environment(process: str) -> dict[str, str]:
    """What a part must know: where everything is, and which database role it has itself."""
    return {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "OFFICE_ADDRESS": OFFICE,
        "PORTAL_ADDRESS": PORTAL,
        "ERP_URL": f"http://{LOOPBACK}:{PORTS['ERP_PORT']}",
        "FILE_STORE": str(localservices.demo_state() / "files"),
        **os.environ,
        "COUNTERSIGN_PROCESS": process,
    }


def refuse_taken() -> None:
    for name, port in PORTS.items():
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, int(port))) == 0:
                raise SystemExit(f"Port {port} is taken. Stop what uses it, or choose another: {name}=9000 ./run demo")


def is_up(port: str) -> bool:
    """Whether a site answers, with whatever it says."""
    link = http.client.HTTPConnection(LOOPBACK, int(port), timeout=30)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(link):
        link.request("HEAD", "/", headers={"Host": "localhost"})
        return link.getresponse().status > 0
    return False


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    say(f"  {name:<44}{time.monotonic() - begun:6.1f} s")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__" and sys.argv[1:] == ["shell"]:
    sys.exit(shell())
