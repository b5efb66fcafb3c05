"""Take in what a gateway put into a folder: ``manage.py receive FOLDER``. Each file once; afterwards it lies in
``done/``, or in ``held/`` when somebody must look at something of it. ``--mail``: the folder is a maildir that the mail
server delivers to, and each of its mails becomes a draft beside the order of its address.
"""

import uuid
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from foundation.values.actor import system
from integration.inbox import actions as inbox
from integration.inbox import mailing
from integration.inbox.lifecycle import InboundState
from integration.inbox.models import InboundMessage
from suppliers.suppliers.models import Channel

DONE, HELD = "done", "held"
TROUBLED = (InboundState.HELD, InboundState.REFUSED)
FOLDER = system("folder")


class Command(BaseCommand):
    help = "Take in every file of a folder that has not been written to for some seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--mail", action="store_true", help="the folder is a maildir: take in what lies in new/")
        parser.add_argument(
            "--still", type=float, default=2, metavar="SECONDS", help="how long nobody must have written to a file"
        )

    def handle(self, **given: Any) -> None:
        folder: Path = given["folder"] / "new" if given["mail"] else given["folder"]
        self.is_mail = given["mail"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        for name in (DONE, HELD):
            (folder / name).mkdir(exist_ok=True)
        for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
            self._take(path, timedelta(seconds=given["still"]))

    def _take(self, path: Path, still: timedelta) -> None:
        """A run that dies between taking in and moving does no harm: the same message counts once."""
        try:
            found = path.stat()
            if now().timestamp() - found.st_mtime < still.total_seconds():
                return
            if found.st_size > settings.LIMIT_BODY_BYTES:
                self._move(path, HELD)
                self.stdout.write(f"{path.name}: too large, nothing of it was read")
                return
            raw = path.read_bytes()
        except FileNotFoundError:  # another run has it
            return
        said = {"by": FOLDER, "at": now(), "key": uuid.uuid4().hex}
        if self.is_mail:
            messages = [mailing.receive(raw, **said)]
        else:
            messages = inbox.receive(raw, name=path.name, channel=Channel.EDI, **said)
        for message in messages:
            self.stdout.write(f"{path.name}: {message}: {self._fate(message)}")
        self._move(path, HELD if any(message.status in TROUBLED for message in messages) else DONE)

    @staticmethod
    def _fate(message: InboundMessage) -> str:
        fate = str(message.get_status_display()).lower()
        return f"{fate}: {message.faults[0]['sentence']}" if message.status in TROUBLED and message.faults else fate

    @staticmethod
    def _move(path: Path, where: str) -> None:
        """Under its own name, or beside the one that has it already."""
        target = path.parent / where / path.name
        if target.exists():
            target = target.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
        try:
            path.rename(target)
        except FileNotFoundError:
            return
