"""A supplier says that a case does not belong into a figure: somebody of ours decides, with an owner and a deadline."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.lifecycles import Refused
from foundation.screens.tones import INFO
from foundation.values.actor import Actor
from governance.cases import actions as cases
from governance.cases import kinds
from governance.cases.kinds import Kind
from governance.cases.models import Severity
from suppliers.scorecards.glossary import DEFINITIONS, Contest, sentence
from suppliers.scorecards.models import ScoreCase
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind

KIND = "score_contest"
EXCLUDE, KEEP = "exclude", "keep"
"""How it is decided (deciding.py)."""
LONGEST = 500

kinds.register(**{KIND: Kind(gettext_lazy("Supplier contests a figure"), "Buyer", 40, Severity.LOW, tone=INFO)})


def cause_of(case: ScoreCase) -> str:
    """By which a contest and its case find each other, also after the figures were computed anew."""
    return f"{case.measure}:{case.subject}"


def why_not(case: ScoreCase) -> str:
    """What speaks against contesting it; nothing when it may be."""
    if case.contest == Contest.OPEN:
        return _("It is contested already; the answer stands here once it is decided.")
    if case.contest:
        return _("It was contested and decided: %(answer)s") % {"answer": case.answer}
    if case.is_good:
        return _("It counts in your favour.")
    return ""


@handles(SubmissionKind.CONTEST)
def contest(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"reason": "..."}`` about the public id of a case of the supplier's own."""
    everywhere = ScoreCase.objects.everywhere(because="bound to the submission's supplier")
    bound = everywhere.filter(public_id=submission.about, supplier_id=submission.supplier_id)
    found = bound.select_related("site__entity", "supplier__party").first()
    if found is None:
        raise Refused(_("This case is not among your figures any more."))
    if objection := why_not(found):
        raise Refused(objection)
    reason = reading.text(submission.body, "reason", LONGEST)
    if not reason.strip():
        raise Refused(_("Say in a sentence why it should not count."))
    supplier, label = found.supplier, DEFINITIONS[found.measure].label
    opened = cases.open_(
        kind=KIND,
        about=supplier,
        about_title=f"{supplier.party.name}: {label}, {found.label}",
        about_url=f"/suppliers/{supplier.number}/scorecard/{found.measure}/?q={found.label.partition(' ')[0]}",
        cause=cause_of(found),
        summary=f"{sentence(found.code, found.facts)} {reason}",
        entity_id=found.site.entity_id,
        site_id=found.site_id,
        supplier_id=supplier.pk,
        stake=Decimal(0),
        currency=found.site.entity.currency,
        facts={"measure": found.measure, "label": found.label, "said": reason},
        by=by,
        at=at,
    )
    return {"case": opened.number, "label": found.label, "measure": found.measure}
