"""Table of contents: Celery looks for tasks here."""

from foundation.jobs.tasks import clock_jobs
from foundation.journal.tasks import clock_seal, deliver

__all__ = ["clock_jobs", "clock_seal", "deliver"]
