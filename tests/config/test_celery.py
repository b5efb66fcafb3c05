"""What the clock rings for is known to a worker that has just started, and goes to a queue that is listened to."""

import json
import os
import subprocess
import sys

from django.conf import settings

KNOWN = """
import json
from config.celery import app
app.loader.import_default_modules()
print(json.dumps(sorted(app.tasks)))
"""


def test_every_task_on_the_clock_is_known_to_a_worker() -> None:
    """In a process of its own: here every module has been imported by somebody."""
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.foundation.journal.process_settings"}
    said = subprocess.run([sys.executable, "-c", KNOWN], env=told, cwd=settings.ROOT, text=True, capture_output=True)
    assert said.returncode == 0, said.stderr
    known = json.loads(said.stdout.splitlines()[-1])

    assert {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()} - set(known) == set()
