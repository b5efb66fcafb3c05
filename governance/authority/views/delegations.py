"""Lending authority: what one gave and received, lending, ending at once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from governance.approvals import queries as approvals
from governance.authority import actions as authority
from governance.authority import queries
from governance.authority.forms import Lend
from governance.authority.kinds import KINDS
from governance.authority.models import Delegation
from organization.people.models import Person

SHOWN = 200
CONFLICTS = 10


@require_safe
@policy(policy.SIGNED_IN)
def delegations(request: Request) -> HttpResponse:
    """Mine; whoever may lend for others sees those of others that have not ended, too."""
    at, me = now(), request.actor.person_id
    mine = [shown(row, at) for row in queries.delegations_of(me)[:SHOWN]]
    oversees = holds(request.actor, "delegate")
    others = queries.loans(at=at).exclude(giver=me).exclude(taker=me)[:SHOWN] if oversees else []
    context = {
        "given": [row for row in mine if row["loan"].giver_id == me and not row["is_over"]],
        "received": [row for row in mine if row["loan"].taker_id == me and not row["is_over"]],
        "ended": [row for row in mine if row["is_over"]],
        "others": [shown(row, at) for row in others],
        "oversees": oversees,
    }
    return render(request, "governance/delegations/list.html", context)


def shown(loan: Delegation, at: Any) -> dict[str, Any]:
    """A delegation with its state and reach in words."""
    is_over = loan.ended_at is not None or loan.ends_at <= at
    begins = loan.starts_at > at
    return {
        "loan": loan,
        "is_over": is_over,
        "tone": "neutral" if is_over else "wait" if begins else "ok",
        "state": _("ended") if is_over else _("begins later") if begins else _("in force"),
        "kinds": ", ".join(str(KINDS.get(kind, kind)) for kind in loan.kinds) or _("Everything"),
    }


@require_http_methods(["GET", "POST"])
@policy(policy.SIGNED_IN)
def lend(request: Request) -> HttpResponse:
    """For oneself; for somebody else only with the verb, which the action asks for."""
    me = find(Person.objects.filter(kind=Person.INTERNAL), pk=request.actor.person_id)
    form = Lend(request.POST or None, me=me, for_others=holds(request.actor, "delegate"), at=now())
    with answering(request) as answer:
        if form.is_valid():
            given = form.given()
            conflicts = approvals.cannot_decide(giver=given["giver"], taker=given["taker"])
            if not conflicts or form.cleaned_data["despite"]:
                authority.delegate(**given, by=request.actor, at=now(), key=answer.key)
                return answer.redirect(reverse("governance:delegations"), said=_("The authority is lent."))
            context = {"me": me, "form": form, "conflicts": conflicts[:CONFLICTS], "taker": given["taker"]}
            return render(request, "governance/delegations/lend.html", context, status=409)
    return answer.form(form, "governance/delegations/lend.html", {"me": me})


@require_POST
@policy(policy.SIGNED_IN)
def end(request: Request, pk: int) -> HttpResponse:
    """At once. Of others one sees, and may end, only with the verb."""
    loan = find(queries.delegations_for(request.actor), pk=pk)
    with answering(request) as answer:
        authority.end_delegation(delegation=loan, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("governance:delegations"), said=_("The delegation has ended."))
