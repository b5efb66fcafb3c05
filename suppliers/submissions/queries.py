"""Questions to what suppliers said."""

from datetime import timedelta

from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.screens.troubles import Trouble
from foundation.values.actor import SUPPLIER, Actor
from suppliers.submissions.lifecycle import SubmissionState
from suppliers.submissions.models import Submission

PATIENCE = timedelta(minutes=2)
"""An answer usually takes a second; after this it is said that it takes longer."""
MOST = 100


def troubles(actor: Actor) -> list[Trouble]:
    """A supplier is told only of what is his: what he sent and nobody has worked on yet. One query."""
    if actor.kind != SUPPLIER:
        return []
    mine = Submission.objects.visible_to(actor).filter(
        status=SubmissionState.RECEIVED, received_at__lt=Now() - PATIENCE
    )
    late = list(mine.order_by("received_at").values_list("public_id", "received_at")[:MOST])
    if not late:
        return []
    said = ngettext(
        "What you sent us is worked on later than usual",
        "%(n)s things you sent us are worked on later than usual",
        len(late),
    )
    return [
        Trouble(
            what=said % {"n": len(late)},
            since=late[0][1],
            still=_("It has arrived and is kept word for word."),
            todo=_("You need not send it again."),
            url=reverse("portal:sent", args=[late[0][0]]),
        )
    ]
