"""Errands: done at the bell, though nobody else has time, and again when they break."""

import threading
from queue import Queue

import pytest
from django.db import OperationalError

from foundation.journal import errands
from foundation.journal.listening import ear

BELL = "of_the_test"


@pytest.fixture
def over(db):
    return threading.Event()


def ring():
    with ear(BELL) as line:
        line.execute(f"notify {BELL}")


def test_an_errand_is_done_at_the_bell_and_bears_what_breaks(over, monkeypatch):
    looks, trouble = Queue(), [ValueError("it broke"), OperationalError("the database went away")]
    monkeypatch.setattr("foundation.journal.listening.FIRST_PAUSE", 0.01)

    def look():
        looks.put(len(trouble))
        if trouble:
            raise trouble.pop(0)

    thread = threading.Thread(target=errands.run, args=(BELL, look, over), kwargs={"poll": 30})
    thread.start()
    assert looks.get(timeout=10) == 2  # at once, in case the bell rang before
    ring()
    assert looks.get(timeout=10) == 1
    assert looks.get(timeout=10) == 0  # the database is back
    ring()
    assert looks.get(timeout=10) == 0

    over.set()
    ring()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_those_of_the_house_are_known():
    assert errands.errands["passkeys"].__name__ == "keep_the_door"
