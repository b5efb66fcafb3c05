"""Run a relay: ``manage.py relay``."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation.journal import errands
from foundation.journal.relay import Relay
from foundation.journal.workers import Workers


class Command(BaseCommand):
    help = "Carry committed entries to their subscribers and do errands, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--alone", action="store_true", help="never hand work to Celery's workers")
        parser.add_argument("--once", action="store_true", help="deliver what is due, then end")
        parser.add_argument("--hands", type=int, default=8, help="how many deliveries to call at a time")
        parser.add_argument("--poll", type=float, default=5.0, help="seconds between looks when nobody rings")

    def handle(self, *args: Any, **options: Any) -> None:
        workers = None if options["alone"] or options["once"] else Workers()
        relay, over = Relay(hands=options["hands"], poll=options["poll"], workers=workers), threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: relay.stop())
        if options["once"]:
            self.stdout.write(f"{relay.work()} delivered")
            return
        errands.run_all(over)
        relay.run()
        over.set()
