"""Say whether an exported history is whole, ours, and what the journal says: ``manage.py verify_evidence FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organization.audit import evidence


class Command(BaseCommand):
    help = "Verify an evidence file of a document: its hash, its signature, its chain, and the journal itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, file: Path, **_options: Any) -> None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from None
        if found := list(evidence.faults(text)):
            raise CommandError("\n".join(found))
        self.stdout.write(f"{file}: whole, signed here, and what the journal says.")
