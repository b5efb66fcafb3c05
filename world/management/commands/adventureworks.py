"""Load the purchasing tables of AdventureWorks: ``manage.py adventureworks FOLDER [--orders N]``."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from world import invariants
from world.adventureworks import founding, loading, sums
from world.adventureworks.source import Missing, Source
from world.trade.people import PASSWORD


class Command(BaseCommand):
    help = (
        "Load AdventureWorks' vendors, products, stock, orders and receipts into an empty database; again: only check."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the CSV files lie, packed or not")
        parser.add_argument("--orders", type=int, help="only so many orders, the earliest ones")

    def handle(self, **given: Any) -> None:
        begun = time.monotonic()
        source = Source(given["folder"], given["orders"])
        with connection.cursor() as cursor:
            cursor.execute("set synchronous_commit = off")  # what a power cut spoils is loaded again
        try:
            loading.load(source, say=self.stdout.write, bar=sys.stderr)
            figures = sums.compare(source)
        except (Missing, founding.NotEmpty, loading.NotLoaded) as no:
            raise CommandError(str(no)) from None
        self.stdout.write(f"{'':<12} {'here':>18} {'AdventureWorks':>18}")
        for figure in figures:
            self.stdout.write(str(figure))
        broken = invariants.broken(say=self.stdout.write)
        self.stdout.write(f"{time.monotonic() - begun:.1f} s. Sign in as {founding.LOGIN}, password {PASSWORD}")
        if broken or not all(figure.agrees for figure in figures):
            raise CommandError("\n".join(["What stands here is not what stands there.", *broken]))
