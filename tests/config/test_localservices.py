"""The servers of a developer's machine: real ones, started from nothing in a temporary folder."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from config import localbinaries, localprocess, localservices

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_PORTAL_URL", "REDIS_URL")


@pytest.fixture(scope="module")
def state():
    """A folder that the account of the servers can reach; pytest's own are closed when root runs the tests."""
    with tempfile.TemporaryDirectory(prefix="countersign-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "state"


@pytest.fixture(autouse=True)
def no_addresses(monkeypatch):
    for name in ADDRESSES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def running(state):
    """Services with data that last, and the addresses they gave."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ADDRESSES:
            patch.setenv(name, "")
            patch.delenv(name)
        services = localservices.Services(state, durable=True)
        services.start()
        addresses = {name: os.environ[name] for name in ADDRESSES}
    yield services, addresses
    services.stop()


@pytest.fixture
def url(running):
    return running[1]


@pytest.fixture
def superuser(running):
    """The address that only the launcher has."""
    services, url = running
    (kept,) = services.state.glob("postgresql-*.json")
    password = localprocess.keep_passwords(kept, ())["postgres"]
    return f"postgresql://postgres:{password}@127.0.0.1:{urlsplit(url['DATABASE_URL']).port}/postgres"


def ask(address, question):
    with psycopg.connect(address, autocommit=True) as link:
        return link.execute(question).fetchall()


class TestPostgres:
    def test_refuses_a_wrong_password(self, url):
        wrong = url["DATABASE_URL"].replace(urlsplit(url["DATABASE_URL"]).password, "guess")

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)

    def test_refuses_no_password_even_for_the_superuser(self, url):
        parts = urlsplit(url["DATABASE_URL"])

        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(host=parts.hostname, port=parts.port, user="postgres", dbname="postgres")

    def test_keeps_passwords_as_scram_and_for_our_eyes_only(self, running, superuser):
        services, _ = running
        (kept,) = services.state.glob("postgresql-*.json")

        stored = ask(superuser, "SELECT rolpassword FROM pg_authid WHERE rolcanlogin")

        assert kept.stat().st_mode & 0o777 == 0o600
        assert len(stored) == 5
        assert all(secret.startswith("SCRAM-SHA-256$") for (secret,) in stored)

    def test_listens_on_loopback_only(self, url, superuser):
        assert ask(superuser, "SHOW unix_socket_directories") == [("",)]
        assert heard_on(urlsplit(url["DATABASE_URL"]).port) == {"127.0.0.1"}

    def test_writes_durably(self, url):
        assert ask(url["DATABASE_URL"], "SHOW fsync") == [("on",)]

    def test_has_the_extensions_also_in_databases_made_later(self, url):
        owner = url["DATABASE_OWNER_URL"]
        ask_nothing(owner, "CREATE DATABASE later")

        found = ask(owner.removesuffix("countersign") + "later", "SELECT extname FROM pg_extension")

        assert {("pg_trgm",), ("btree_gist",), ("unaccent",)} <= set(found)


class TestRoles:
    def test_owner_migrates_and_makes_test_databases_but_is_no_superuser(self, url):
        question = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = user"

        assert ask(url["DATABASE_OWNER_URL"], question) == [(False, False, False, True)]

    def test_owner_may_act_as_app_and_portal(self, url):
        with psycopg.connect(url["DATABASE_OWNER_URL"]) as owner:
            for role in ("countersign_app", "countersign_portal"):
                owner.execute(f"SET LOCAL ROLE {role}")
                assert owner.execute("SELECT current_user").fetchone() == (role,)
                owner.execute("RESET ROLE")

    def test_app_creates_no_table(self, url):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(url["DATABASE_URL"], "CREATE TABLE mine ()")

    def test_portal_sees_nothing_past_row_level_security(self, url):
        ask_nothing(
            url["DATABASE_OWNER_URL"],
            "CREATE TABLE orders AS SELECT 1 AS supplier",
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
            "GRANT SELECT ON orders TO countersign_portal",
        )

        fenced = ask(url["DATABASE_PORTAL_URL"], "SELECT * FROM orders")
        ask_nothing(url["DATABASE_OWNER_URL"], "ALTER TABLE orders DISABLE ROW LEVEL SECURITY")
        unfenced = ask(url["DATABASE_PORTAL_URL"], "SELECT * FROM orders")

        assert (fenced, unfenced) == ([], [(1,)])

    def test_portal_cannot_turn_row_level_security_off(self, url):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(url["DATABASE_PORTAL_URL"], "ALTER ROLE countersign_portal BYPASSRLS")

    def test_portal_is_kept_short(self, url):
        question = "SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')"

        assert ask(url["DATABASE_PORTAL_URL"], question) == [("5s", "10s")]

    def test_strangers_do_not_connect(self, url):
        granted = ask(url["DATABASE_OWNER_URL"], "SELECT has_database_privilege('public', 'countersign', 'CONNECT')")

        assert granted == [(False,)]


class TestValkey:
    def test_refuses_a_caller_without_the_password(self, url):
        parts = urlsplit(url["REDIS_URL"])

        with pytest.raises(redis.AuthenticationError):
            redis.Redis(host=parts.hostname, port=parts.port, retry=None).ping()

    def test_answers_on_loopback_only(self, url):
        assert redis.from_url(url["REDIS_URL"]).ping()
        assert heard_on(urlsplit(url["REDIS_URL"]).port) == {"127.0.0.1"}


class TestStart:
    def test_a_second_start_shares_the_running_servers(self, running):
        services, url = running

        second = localservices.Services(services.state, durable=True)
        second.start()

        assert {name: os.environ[name] for name in ADDRESSES} == url
        assert second.running == []

    def test_a_start_after_a_stop_finds_the_data(self, state):
        folder = state / "again"
        first = localservices.Services(folder, durable=True)
        first.start()
        ask_nothing(os.environ["DATABASE_OWNER_URL"], "CREATE TABLE kept AS SELECT 42 AS answer")
        redis.from_url(os.environ["REDIS_URL"]).set("kept", "42")
        first.stop()
        for name in ADDRESSES:
            del os.environ[name]

        second = localservices.Services(folder, durable=True)
        second.start()

        assert ask(os.environ["DATABASE_OWNER_URL"], "SELECT answer FROM kept") == [(42,)]
        assert redis.from_url(os.environ["REDIS_URL"]).get("kept") == b"42"
        second.stop()

    def test_respects_addresses_that_are_given(self, state, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
        monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

        services = localservices.Services(state / "given", durable=False)
        services.start()

        assert services.running == []
        assert os.environ["DATABASE_OWNER_URL"] == os.environ["DATABASE_PORTAL_URL"] == "postgresql://elsewhere/db"

    def test_says_what_to_install_when_there_is_nothing(self, monkeypatch):
        monkeypatch.setattr(localbinaries, "postgres_folders", lambda: iter(()))

        with pytest.raises(localprocess.NoService, match="apt-get install postgresql"):
            localbinaries.find_postgres({})

    def test_skips_a_server_that_is_too_old(self, monkeypatch, tmp_path):
        old = tmp_path / "initdb"
        old.write_text("#!/bin/sh\necho 'initdb (PostgreSQL) 14.9'\n")
        old.chmod(0o755)
        monkeypatch.setattr(localbinaries, "postgres_folders", lambda: iter([("old", tmp_path)]))

        with pytest.raises(localprocess.NoService, match="No PostgreSQL 15 or newer"):
            localbinaries.find_postgres({})


LAUNCHER = """
import os, signal, time
from config import localservices
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background begins with it ignored
services = localservices.start_for_tests()
print(services.state, *(server.pid for server in services.running), flush=True)
time.sleep(600)
"""


class TestEnd:
    @pytest.fixture
    def launcher(self, state):
        environment = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
        environment["TMPDIR"] = str(state.parent)  # so that the sweep meets nobody else's folders
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER], cwd=localservices.ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        yield process
        process.kill()
        process.wait()

    @pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
    def test_a_launcher_that_is_killed_takes_its_servers_along(self, launcher, blow):
        _, *servers = launcher.stdout.readline().split()

        launcher.send_signal(blow)

        assert len(servers) == 2
        assert eventually(lambda: not any(is_running(server) for server in servers))

    def test_the_folder_of_a_killed_session_is_swept_by_the_next(self, launcher):
        folder, *servers = launcher.stdout.readline().split()
        localservices.sweep(Path(folder).parent, older_than=0)
        in_use = Path(folder).exists()

        launcher.kill()
        launcher.wait()
        assert eventually(lambda: not any(is_running(server) for server in servers))
        localservices.sweep(Path(folder).parent, older_than=0)

        assert in_use
        assert not Path(folder).exists()

    def test_a_launcher_that_is_interrupted_leaves_nothing(self, launcher):
        folder, *_ = launcher.stdout.readline().split()

        launcher.send_signal(signal.SIGINT)
        launcher.wait()

        assert not Path(folder).exists()


def ask_nothing(address, *statements):
    with psycopg.connect(address, autocommit=True) as link:
        for statement in statements:
            link.execute(statement)


def heard_on(port):
    """Which of this machine's addresses answer on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; it only asks which address would be used
        outward = probe.getsockname()[0]
    answering = set()
    for address in {"127.0.0.1", "127.0.0.2", outward}:
        with socket.socket() as probe:
            if probe.connect_ex((address, port)) == 0:
                answering.add(address)
    return answering


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def eventually(fact):
    for _ in range(200):
        if fact():
            return True
        time.sleep(0.05)
    return False
