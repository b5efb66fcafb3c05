"""The same message from two sides at the same instant is one message; without the identity it would be two."""

import threading

import pytest
from django.db import connection

from integration.inbox import actions as inbox
from integration.inbox.models import InboundMessage
from suppliers.submissions.models import Submission
from tests.committed import collide, own_database, trouble
from tests.integration.inbox.letters import known, letter, response
from tests.scene import NOW, SETUP, build, key, ordered

SCENES = 4


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database() as name:
        yield name


@pytest.fixture(scope="module")
def order(db):
    scene = build()
    known(scene.supplier)
    return ordered(scene)


@pytest.fixture
def together(monkeypatch):
    """Both have looked whether it came before when the first of them goes on."""
    gate, looked, first = threading.Barrier(2), threading.local(), inbox.first_of

    def look(arrival):
        found = first(arrival)
        looked.times = getattr(looked, "times", {})
        looked.times[arrival.identity] = looked.times.get(arrival.identity, 0) + 1
        if looked.times[arrival.identity] == 2:  # within the turn
            gate.wait(30)
        return found

    monkeypatch.setattr(inbox, "first_of", look)


def clash(order, start: int) -> None:
    def one(raw):
        inbox.receive(raw, channel="edi", by=SETUP, at=NOW, key=key())

    def other(raw):
        inbox.receive(raw, channel="api", by=SETUP, at=NOW, key=key())

    letters = iter([(letter(response(order, code="accepted"), control=start + n),) for n in range(SCENES)])
    _scenes, endings = collide(SCENES, lambda: next(letters), one, other)
    assert not trouble(endings), endings
    assert sum(endings.values()) == 2 * SCENES


def states() -> list[str]:
    return sorted(InboundMessage.objects.everywhere(because="counted").values_list("status", flat=True))


def test_two_at_once_are_one(order, together):
    clash(order, 100)
    assert states() == ["applied"] * SCENES + ["duplicate"] * SCENES
    assert Submission.objects.everywhere(because="counted").count() == SCENES


def test_twin_without_the_identity_it_doubles(order, together):
    before = Submission.objects.everywhere(because="counted").count()
    with connection.cursor() as cursor:
        cursor.execute("drop index one_message_per_identity")
    clash(order, 200)
    assert Submission.objects.everywhere(because="counted").count() == before + 2 * SCENES
