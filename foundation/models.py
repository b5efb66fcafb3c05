"""Table of contents."""

from foundation.files.models import StoredFile
from foundation.jobs.models import Job
from foundation.journal.models import Delivery, Entry, Seal, Turn
from foundation.screens.models import SavedView

__all__ = ["Delivery", "Entry", "Job", "SavedView", "Seal", "StoredFile", "Turn"]
