"""Prove the journal: ``manage.py verify_audit``."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.journal import verifying


class Command(BaseCommand):
    help = "Walk every document's chain and every seal; name the first broken link of each."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        found = verifying.verify()
        seconds = time.monotonic() - begun
        self.stdout.write(
            f"{found.entries} entries of {found.documents} documents, {found.seals} seals, {seconds:.1f} s"
        )
        for finding in found.broken:
            self.stdout.write(f"broken: {finding}")
        if found.broken:
            raise CommandError(f"{len(found.broken)} findings: the journal was changed from outside.")
        self.stdout.write("Everything agrees.")
