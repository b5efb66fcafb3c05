"""What procurement hears: a change was decided, so the answer it came from is settled."""

from django.utils.timezone import now

from foundation.journal.events import subscribe
from foundation.values.actor import system
from procurement.changes.events import ChangeApplied, ChangeDeclined
from procurement.confirmations import actions as confirmations
from procurement.confirmations.lifecycle import ConfirmationState
from procurement.confirmations.models import Confirmation


@subscribe(ChangeApplied, ChangeDeclined)
def settle_answer(event: ChangeApplied | ChangeDeclined, *, key: str) -> None:
    waiting = Confirmation.objects.everywhere(because="whoever decided the change decided the answer")
    answer = waiting.filter(change=event.document_id, status=ConfirmationState.IN_EXCEPTION).first()
    if answer is not None:
        accepted = isinstance(event, ChangeApplied)
        confirmations.settle(confirmation=answer, accepted=accepted, by=system("changes"), at=now(), key=key)
