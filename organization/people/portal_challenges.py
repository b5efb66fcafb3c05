"""What the portal may ask about passkeys: functions of the database, because its role can read no challenge."""

import time

from organization.people.portal_links import ask as ask_database

PROVED, REFUSED, WAITING, NONE = "proved", "refused", "waiting", "none"
PATIENCE = 3.0
"""Seconds that a request waits for the verdict. It takes a hundredth of one while a relay runs."""
GLANCE = 0.02


def ask(secret: str, *, adds: bool, address: str) -> str | None:
    """A challenge for the browser that keeps the secret, to add a passkey or to show one.

    None if there were too many from this address, or, to add one, if the person did not sign in just now.
    """
    row = ask_database("SELECT fence.ask_passkey(%s, %s, %s)", secret, adds, address)
    return row[0] if row else None


def answer(secret: str, said: str, name: str = "") -> None:
    """Keep what the browser said until it is judged; once, and in time, or not at all."""
    ask_database("SELECT fence.answer_passkey(%s, %s, %s)", secret, said, name)


def verdict(secret: str) -> str:
    """``proved``, ``refused``, ``none`` (nothing was answered), or ``waiting`` if nobody has judged it in time.

    Each look is a statement of its own and sees what others have committed meanwhile.
    """
    until = time.monotonic() + PATIENCE
    while (said := _look(secret)) == WAITING and time.monotonic() < until:
        time.sleep(GLANCE)
    return said


def is_fresh() -> bool:
    """Whether the person signed in so lately that a passkey may be added."""
    row = ask_database("SELECT fence.is_fresh()")
    return bool(row and row[0])


def remove(pk: int) -> bool:
    """It opens nothing from now on; False if it is none of the person's."""
    row = ask_database("SELECT fence.remove_passkey(%s)", pk)
    return bool(row and row[0])


def _look(secret: str) -> str:
    row = ask_database("SELECT fence.judged(%s)", secret)
    return str(row[0]) if row else NONE
