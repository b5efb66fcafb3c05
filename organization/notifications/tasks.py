"""The clock sends the mail."""

from typing import Any

from celery import shared_task

from organization.notifications import postman


@shared_task
def clock_mail(**_later: Any) -> None:
    """Send everything that is due, in small leases."""
    while postman.send_due():
        pass
