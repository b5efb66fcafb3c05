"""What is done to a database that others may still be connected to."""

import psycopg
from django.db.backends.utils import CursorWrapper
from psycopg import sql

SESSIONS = (
    "select pg_terminate_backend(pid) from pg_stat_activity"
    " where datname = %s and backend_type = 'client backend' and pid <> pg_backend_pid()"
)


def drop(owner: psycopg.Connection | CursorWrapper, name: str) -> None:
    """Without ``with (force)``: that is refused while a worker of autovacuum, the superuser's, is in the database.

    The plain statement ends such a worker itself, and waits up to five seconds for the sessions ended here to be gone.
    """
    end_sessions(owner, name)
    owner.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


def end_sessions(owner: psycopg.Connection | CursorWrapper, name: str) -> None:
    """Those of other clients: before a database is dropped, or copied, which also wants nobody in it."""
    owner.execute(SESSIONS, [name])
