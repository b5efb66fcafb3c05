"""Bank accounts of a supplier: masked, changed by two people and a call; a look at the whole number is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.journal.queries import timeline
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import typed
from suppliers.banking import actions as banking
from suppliers.banking import queries
from suppliers.banking.forms import CallBack, ProposeAccount
from suppliers.banking.models import BankAccount
from suppliers.suppliers import pages
from suppliers.suppliers.models import Supplier

PAGE = "suppliers/banking/page.html"
SECTION = "supplier-bank"


def _shown(request: HttpRequest, found: Supplier, *, status: int = 200, **more: Any) -> HttpResponse:
    accounts = list(queries.accounts_of(found))
    waiting = [account for account in accounts if account.is_open]
    may_propose, may_approve = holds(request.actor, "propose_bank"), holds(request.actor, "approve_bank")
    context = {
        "accounts": accounts,
        "waiting": [
            {
                "account": account,
                "form": CallBack(account=account) if may_propose and account.status == "proposed" else None,
                "is_own": account.proposed_by == str(request.actor),
                "may_approve": may_approve,
            }
            for account in waiting
        ],
        "form": ProposeAccount() if may_propose else None,
        "may_look": holds(request.actor, "see_bank"),
        "entries": timeline([account.subject for account in accounts], limit=50),
    }
    return pages.shown(request, PAGE, found, SECTION, status=status, **context | more)


def _back(found: Supplier) -> str:
    return reverse("suppliers:supplier-bank", args=[found.number])


def _account(found: Supplier, pk: int) -> BankAccount:
    return find(BankAccount.objects.filter(supplier=found), pk=pk)


@require_GET
@policy("see_supplier")
def bank(request: HttpRequest, number: str) -> HttpResponse:
    return _shown(request, pages.found(request, number))


@require_POST
@policy("propose_bank")
def propose(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    form = ProposeAccount(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            banking.propose(supplier=found, **form.cleaned_data, by=request.actor, at=now(), key=answer.key)
            return answer.redirect(_back(found), said=_("It is proposed. Somebody else calls the supplier back."))
    return answer.form(form, "suppliers/banking/propose.html", {"supplier": found})


@require_POST
@policy("propose_bank")
def call_back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = pages.found(request, number)
    account = _account(found, pk)
    form = CallBack(request.POST, account=account)
    with answering(request) as answer:
        if form.is_valid():
            banking.call_back(account=account, **form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_back(found), said=_("The call is noted."))
    return answer.form(form, "suppliers/banking/call.html", {"supplier": found, "account": account})


@require_POST
@policy("approve_bank")
def approve(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = pages.found(request, number)
    with answering(request) as answer:
        banking.approve(account=_account(found, pk), by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(found), said=_("It is paid to this account from now on."))


@require_POST
@policy("approve_bank", "propose_bank")
def refuse(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = pages.found(request, number)
    reason = typed(request)
    with answering(request) as answer:
        banking.refuse(account=_account(found, pk), reason=reason, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(found), said=_("It is refused."))


@require_POST
@policy("see_bank")
def look(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The page once more, with one number whole. Nothing keeps the answer."""
    found = pages.found(request, number)
    with answering(request) as answer:
        account = banking.look(account=_account(found, pk), by=request.actor, at=now(), key=answer.key)
        response = _shown(request, found, looked_at=account)
        response["Cache-Control"] = "no-store"
        return response
    return answer.redirect(_back(found))
