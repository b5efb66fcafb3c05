"""Build a world: what is there, then what happened."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import connection

from organization.notifications import postman
from world.bulk import loading
from world.history import days, disputing, governing, mastering, people, scoring
from world.masters import authority, buyers, funds, places, sellers, staff, wares
from world.models import World
from world.scene import Scale, Scene

MASTERS = [places, staff, authority, wares, sellers, funds, buyers]


def build(scale: Scale, *, seed: int, until: datetime, say: Callable[[str], object] = print) -> Scene:
    """Found the distributor and let its history happen, up to ``until``; everything through the product's actions."""
    scene = Scene(scale, seed, until.replace(second=0, microsecond=0))
    with hurried(), decided_at_once():
        for master in MASTERS:
            master.found(scene)
        say(f"{len(scene.items)} items, {len(scene.suppliers)} suppliers, {len(scene.people)} people")
        if scale.is_bulk:
            loading.load(scene, say)
        else:
            days.live(scene, say)
            governing.settle(scene)
            mastering.settle(scene)
            people.settle(scene)
            scoring.settle(scene)
            disputing.settle(scene)
        postman.let_pass()  # mails of the story went out on their day: no mail server is asked for them now
    World.objects.create(scale=scale.name, seed=seed, until=scene.until)
    return scene


@contextmanager
def hurried() -> Iterator[None]:
    """A connection that plans each statement once and waits for no disk; and no rounds for the garbage collector.

    A world that a power cut spoils is built again.
    """
    options = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = options | {"server_side_binding": True, "prepare_threshold": 3}
    connection.close()
    gc.freeze()
    rounds = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        with connection.cursor() as cursor:
            cursor.execute("set synchronous_commit = off")
        yield
    finally:
        gc.set_threshold(*rounds)
        gc.unfreeze()
        connection.settings_dict["OPTIONS"] = options
        connection.close()


@contextmanager
def decided_at_once() -> Iterator[None]:
    """Nobody in the story takes a decision back, so none is held."""
    held, settings.APPROVAL_HOLD_SECONDS = settings.APPROVAL_HOLD_SECONDS, 0.0
    try:
        yield
    finally:
        settings.APPROVAL_HOLD_SECONDS = held
