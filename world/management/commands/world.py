"""Build the demo distributor, or a bulk world for measuring."""

from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from organization.entities.models import LegalEntity
from organization.people import factors
from world import building, invariants, logins
from world.models import World
from world.scene import LARGE, MEDIUM, SMALL, SPECK, TINY, at
from world.trade.people import SECRET

SCALES = {scale.name: scale for scale in (TINY, SPECK, SMALL, MEDIUM, LARGE)}
NOON = 11.0
"""The hour of UTC at which the story of a given day stops."""


class Command(BaseCommand):
    help = "Fill an empty database with a distributor that has been at work for sixty days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", choices=list(SCALES), default="small")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, help="the last day of the story; by default, now")
        parser.add_argument("--again", action="store_true", help="build although one was built before and removed")
        parser.add_argument("--logins", action="store_true", help="print who can sign in")

        parser.add_argument(
            "--code", action="store_true", help="print the code that the demo's authenticator app shows"
        )

    def handle(self, **given: Any) -> None:
        if given["code"]:
            self.stdout.write(factors.shown(SECRET))
            return
        if given["logins"]:
            self.stdout.write("\n".join(logins.table()))
            return
        if World.objects.exists() and not given["again"]:
            self.stdout.write("A world was built here already; nothing was done.")
            return
        if LegalEntity.objects.exists():
            raise CommandError("This database is not empty. Build a world in an empty one: ./manage.py flush")
        until = at(given["today"], NOON) if given["today"] else now()
        self.build(given["scale"], given["seed"], until)

    def build(self, scale: str, seed: int, until: datetime) -> None:
        begun = datetime.now(UTC)
        with transaction.atomic():
            World.objects.all().delete()
        building.build(SCALES[scale], seed=seed, until=until, say=self.stdout.write)
        self.stdout.write(f"built in {(datetime.now(UTC) - begun).total_seconds():.1f} s")
        if broken := invariants.broken(say=self.stdout.write):
            raise CommandError("The world does not hold together:\n" + "\n".join(broken))
