"""Import a file from the shell, by the same way as the screens: ``manage.py import items items.csv``."""  # noqa: N999

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from foundation.door import Busy, Stale
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.values.actor import Actor, system
from integration.imports import inline, queries
from integration.imports.kinds import KINDS
from integration.imports.models import Import, ImportRow
from organization.people.models import Person

SHOWN = 20


class Command(BaseCommand):
    help = "Import a CSV or XLSX file of one kind, or take an import back: import undo NUMBER."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[*KINDS, "undo"])
        parser.add_argument("file", help="the file; for undo, the number of the import")
        parser.add_argument(
            "--map", nargs="+", action="extend", default=[], metavar="OURS=THEIRS", help="which column is which"
        )
        parser.add_argument(
            "--decimal", choices=["point", "comma"], help="the decimal sign, if the file leaves it open"
        )
        parser.add_argument("--days", choices=["day", "month"], help="what comes first in 3/4/2026")
        parser.add_argument("--as", dest="mail", help="the mail address of the person who imports; else the system")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each row")

    def handle(self, **given: Any) -> None:
        by = self._by(given["mail"])
        try:
            if given["kind"] == "undo":
                self._undo(given["file"], by)
            else:
                self._import(given, by)
        except (Refused, NotYours, Stale, Busy) as no:
            raise CommandError("\n".join(getattr(no, "reasons", [str(no)]))) from None

    def _import(self, given: dict[str, Any], by: Actor) -> None:
        path = Path(given["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        mapping = dict(self._pair(text) for text in given["map"]) or None
        signs = {name: given[name] for name in ("decimal", "days") if given[name]} or None
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        batch = inline.stage(given["kind"], upload, mapping=mapping, signs=signs, by=by, at=now())
        for ours, theirs in batch.mapping.items():
            self.stdout.write(f"  {ours} = {theirs}")
        if given["dry_run"]:
            self._say(batch, "would be")
            inline.discard(batch, by=by, at=now())
            return
        batch = inline.apply(batch, by=by, at=now(), bar=sys.stderr)
        self._say(batch, "")
        self.stdout.write(f"Import {batch.pk}. To take it back: manage.py import undo {batch.pk}")
        if batch.error_count:
            raise CommandError(f"{batch.error_count} rows were not applied.")

    def _undo(self, number: str, by: Actor) -> None:
        batch = queries.import_rows(by).filter(pk=number).first() if number.isdigit() else None
        if batch is None:
            raise CommandError(f"There is no import {number}.")
        batch = inline.undo(batch, by=by, at=now(), bar=sys.stderr)
        left = queries.standing(batch)
        for row in left[:SHOWN]:
            self.stdout.write(f"  line {row.number}: {' '.join(row.errors)}")
        if left:
            raise CommandError(f"{left.count()} records stay, because somebody built on them.")
        self.stdout.write("Everything of it is undone.")

    def _say(self, batch: Import, would: str) -> None:
        for row in ImportRow.objects.filter(batch=batch, effect="error").order_by("number")[:SHOWN]:
            self.stdout.write(f"  line {row.number}: {' '.join(row.errors)}")
        counts = ", ".join(f"{count} {effect}" for effect, count in queries.effects(batch).items())
        self.stdout.write(" ".join(filter(None, [f"{batch.row_count} rows: records", would, counts])))

    @staticmethod
    def _pair(text: str) -> tuple[str, str]:
        ours, sign, theirs = text.partition("=")
        if not sign:
            raise CommandError(f"Write --map OURS=THEIRS, not {text}.")
        return ours.strip(), theirs.strip()

    @staticmethod
    def _by(mail: str | None) -> Actor:
        if not mail:
            return system("import")
        person = Person.objects.filter(email=mail.lower(), kind=Person.INTERNAL, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody of ours signs in as {mail}.")
        return person.actor
