"""Ask whether the books agree with each other."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from world import invariants


class Command(BaseCommand):
    help = "Check that quantities, commitments, stock, budgets, expected goods and the audit trail agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chains", type=int, default=None, help="verify this many chains, not all of them")

    def handle(self, **given: Any) -> None:
        if broken := invariants.broken(say=self.stdout.write, chains=given["chains"]):
            raise CommandError("\n".join(broken))
        self.stdout.write("Everything agrees.")
