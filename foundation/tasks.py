"""Table of contents: Celery looks for tasks here."""

from foundation.journal.tasks import clock_seal, deliver

__all__ = ["clock_seal", "deliver"]
