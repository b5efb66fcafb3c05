"""Questions about jobs."""

from django.db.models import QuerySet

from foundation.jobs.models import Job
from foundation.values.actor import Actor


def jobs_of(actor: Actor) -> QuerySet[Job]:
    """A person sees his own jobs only: their results are files of what he may see."""
    return Job.objects.filter(by=str(actor)).select_related("file")
