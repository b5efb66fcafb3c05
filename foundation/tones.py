"""How the states of jobs and deliveries are shown."""

from foundation.jobs.models import Job
from foundation.journal.models import Delivery
from foundation.screens import tones
from foundation.screens.tones import BAD, INFO, NEUTRAL, OK, WAIT

tones.register(
    Job.Status,
    {
        Job.Status.WAITING: WAIT,
        Job.Status.RUNNING: INFO,
        Job.Status.DONE: OK,
        Job.Status.FAILED: BAD,
        Job.Status.CANCELLED: NEUTRAL,
    },
)
tones.register(
    Delivery.Status,
    {
        Delivery.Status.READY: INFO,
        Delivery.Status.DONE: OK,
        Delivery.Status.PARKED: BAD,
        Delivery.Status.SKIPPED: NEUTRAL,
    },
)
