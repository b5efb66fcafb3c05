"""A database for each scale, filled once; every run works on a copy of it, so that runs can be compared."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from config import localservices
from config.databases import drop

URLS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_PORTAL_URL")
MANAGE = [sys.executable, str(localservices.ROOT / "manage.py")]
REMEMBERED = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"


class NoWorld(SystemExit):
    """The world could not be loaded; the text says what to do."""


def named(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


@contextmanager
def loaded(scale: str) -> Iterator[None]:
    """The environment leads to a fresh copy of the world of this scale."""
    kept, copy = f"countersign_bench_{scale}", f"countersign_bench_{scale}_run"
    before = {name: os.environ[name] for name in URLS}
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        if owner.execute(REMEMBERED, [kept]).fetchone() != (mark(),):
            make(owner, kept, of="template1")
            point_at(kept)
            fill(scale)
            owner.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(kept), mark()))
        make(owner, copy, of=kept)
        point_at(copy)
        try:
            yield
        finally:
            os.environ.update(before)
            drop(owner, copy)


def mark() -> str:
    """What a database says that holds a whole world, made by these very migrations."""
    files = sorted(localservices.ROOT.glob("*/migrations/0*.py"))
    return "a whole world " + hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def make(owner: psycopg.Connection, name: str, *, of: str) -> None:
    drop(owner, name)
    made = sql.SQL("create database {} template {} strategy file_copy")
    owner.execute(made.format(sql.Identifier(name), sql.Identifier(of)))


def point_at(database: str) -> None:
    os.environ.update({name: named(os.environ[name], database) for name in URLS})


def fill(scale: str) -> None:
    call("migrate", "-v", "0")
    call("world", "--scale", scale, "--seed", "1")
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("vacuum analyze")


def call(*command: str) -> None:
    env = {**os.environ, "COUNTERSIGN_PROCESS": "owner", "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    if subprocess.run([*MANAGE, *command], env=env, stdout=sys.stderr).returncode:
        raise NoWorld(f"`manage.py {' '.join(command)}` failed; see above.")
