"""When a document counts. No rows, no clock."""

from datetime import date, timedelta

from django.db import models

LADDER = (90, 30, 0)
"""Days before the end at which the supplier and the owner hear of it."""


class Standing(models.TextChoices):
    """How a supplier stands with one document that is asked of it."""

    MISSING = "missing", "Missing"
    IN_REVIEW = "in_review", "In review"
    REFUSED = "refused", "Refused"
    EXPIRED = "expired", "Run out"
    ENDING = "ending", "Runs out soon"
    VALID = "valid", "Valid"


LACKING = (Standing.MISSING, Standing.IN_REVIEW, Standing.REFUSED, Standing.EXPIRED)


def standing(*, until: date | None, on: date) -> Standing:
    """Of an accepted document. The last day still counts."""
    if until is None or until > on + timedelta(days=LADDER[0]):
        return Standing.VALID
    return Standing.EXPIRED if on > until else Standing.ENDING
