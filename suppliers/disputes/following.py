"""A case that ends or comes back without an agreement takes its thread along."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.cases.models import Case
from suppliers.disputes import actions, settlements
from suppliers.disputes.models import Dispute, Side


@transaction.atomic
def follow(case_id: int, *, at: datetime) -> None:
    """Make the thread say what its case says. Doing it twice does it once."""
    rows = Dispute.objects.everywhere(because="delivered by the relay").select_for_update(of=["self"], no_key=True)
    dispute = rows.select_related("case").filter(case=case_id).first()
    if dispute is None or dispute.case.is_unsolved == dispute.is_open:
        return
    if dispute.is_open:
        actions.end(dispute, _ended(dispute.case), at=at)
    else:
        dispute.settled_at, dispute.outcome, dispute.is_agreed, dispute.offered = None, "", False, None
        dispute.turn, dispute.answer_by = Side.US, dispute.case.due_at
        dispute.save()


def _ended(case: Case) -> str:
    """In words that say nothing of how we came to it."""
    way = settlements.ended_by(case.kind, case.resolution)
    return str(way.effect) if way else _("We have settled it. Nothing is open between us.")
