"""Build a world: what is there, then what happened."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection

from world.bulk import loading
from world.history import days
from world.masters import authority, buyers, funds, places, sellers, staff, wares
from world.models import World
from world.scene import Scale, Scene

MASTERS = [places, staff, authority, wares, sellers, funds, buyers]


def build(scale: Scale, *, seed: int, until: datetime, say: Callable[[str], object] = print) -> Scene:
    """Found the distributor and let its history happen, up to ``until``; everything through the product's actions."""
    scene = Scene(scale, seed, until.replace(second=0, microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")  # a world that a power cut spoils is built again
    held, settings.APPROVAL_HOLD_SECONDS = settings.APPROVAL_HOLD_SECONDS, 0.0
    try:
        for master in MASTERS:
            master.found(scene)
        say(f"{len(scene.items)} items, {len(scene.suppliers)} suppliers, {len(scene.people)} people")
        if scale.is_bulk:
            loading.load(scene, say)
        else:
            days.live(scene, say)
    finally:
        settings.APPROVAL_HOLD_SECONDS = held
    World.objects.create(scale=scale.name, seed=seed, until=scene.until)
    return scene
