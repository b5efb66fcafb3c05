"""Listening to the database: a connection that hears a bell, and patience while there is no database."""

import logging
import time
from collections.abc import Callable

import psycopg
from django.db import InterfaceError, OperationalError, connection, connections
from psycopg import sql

log = logging.getLogger("countersign.relay")
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError)
"""What is raised when the database cannot be reached any more."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
"""Seconds between tries to reach it again."""


def ear(bell: str) -> psycopg.Connection:
    """A connection of its own that listens for one bell."""
    settings = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    for name in ("context", "prepare_threshold"):
        settings.pop(name, None)
    line = psycopg.connect(**settings, autocommit=True)
    line.execute(sql.SQL("listen {}").format(sql.Identifier(bell)))
    return line


def patiently(listen: Callable[[], None], is_over: Callable[[], bool]) -> None:
    """Listen until that ends by itself, again each time the database has gone away."""
    pause = FIRST_PAUSE
    while not is_over():
        try:
            listen()
            return
        except AWAY as error:
            log.warning("the database went away (%s); trying again in %.1f s", str(error).strip(), pause)
            connections.close_all()
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
