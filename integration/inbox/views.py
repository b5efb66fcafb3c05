"""Messages that came in: which wait for a look, what one says, what is wrong with it and what it became."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.journal.queries import timeline
from foundation.scopes.permissions import may
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from foundation.values.actor import Actor
from integration.inbox import actions as inbox
from integration.inbox import queries, showing
from integration.inbox.forms import Refusal, Sender
from integration.inbox.lifecycle import InboundState
from integration.inbox.models import InboundMessage, Kind
from suppliers.suppliers.models import Supplier

MESSAGES = lists.List(
    "messages",
    title=gettext_lazy("Messages of suppliers"),
    columns=[
        lists.Column("message", gettext_lazy("Message"), value=str, kind="code"),
        lists.Column("kind", gettext_lazy("What"), sort="kind", value="get_kind_display"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column(
            "supplier",
            gettext_lazy("Supplier"),
            sort="supplier__party__name",
            value=lambda message: message.supplier.party.name if message.supplier else message.sender,
        ),
        lists.Column("number", gettext_lazy("Its number"), sort="number", kind="code"),
        lists.Column("orders", gettext_lazy("Orders"), kind="code"),
        lists.Column("received_at", gettext_lazy("Received"), sort="received_at", kind="instant"),
        lists.Column("channel", gettext_lazy("Channel"), value="get_channel_display", is_default=False),
        lists.Column("interchange", gettext_lazy("Interchange"), sort="interchange", kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["number", "orders", "sender", "interchange", "control"]),
        lists.Choice("status", gettext_lazy("State"), InboundState.choices),
        lists.Choice("kind", gettext_lazy("What"), Kind.choices),
        lists.ModelChoice(
            "supplier",
            gettext_lazy("Supplier"),
            lambda actor: Supplier.objects.select_related("party").order_by("party__name"),
        ),
        lists.DateRange("received_at", gettext_lazy("Received")),
    ],
    views=[
        lists.View(
            "held",
            gettext_lazy("Wait for a look"),
            {"status": InboundState.HELD},
            empty=gettext_lazy("Nothing waits: every message was taken over or answered."),
        ),
        lists.View("refused", gettext_lazy("Not accepted"), {"status": InboundState.REFUSED}),
        lists.View("all", gettext_lazy("All")),
    ],
    default_sort="-id",
    url=lambda message: reverse("integration:message", args=[message.pk]),
    counted=ngettext_lazy("%(shown)s message", "%(shown)s messages", "count"),
    empty=gettext_lazy("No message has come in yet."),
)


@require_GET
@policy("see_message")
def messages(request: Request) -> HttpResponse:
    rows = queries.message_rows(request.actor)
    return lists.answer(request, MESSAGES, rows, template="integration/messages/list.html")


@require_GET
@policy("see_message")
def message(request: Request, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    return render(request, "integration/messages/page.html", _context(found, request.actor))


def _context(found: InboundMessage, actor: Actor, **forms: Form) -> dict[str, Any]:
    segments, is_cut = showing.text_of(found)
    return {
        "message": found,
        "segments": segments,
        "is_cut": is_cut,
        "became": queries.became(found),
        "named": queries.orders_named(found),
        "may_work": found.status == InboundState.HELD and may(actor, "work_message", found),
        "is_nobodys": found.supplier_id is None and found.sender,
        "sender": Sender(),
        "refusal": Refusal(),
        "entries": timeline([found.subject]),
        **forms,
    }


@require_POST
@policy("work_message")
def read_again(request: Request, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    with answering(request) as answer:
        found = inbox.read_again(message=found, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_page(pk), said=_became(found))


@require_POST
@policy("work_message")
def name_sender(request: Request, pk: int) -> HttpResponse:
    found, form = _mine(request, pk), Sender(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            said = {"supplier": form.cleaned_data["supplier"], "by": request.actor, "at": now(), **answer.seen}
            return answer.redirect(_page(pk), said=_became(inbox.name_sender(message=found, **said)))
    return answer.form(form, "integration/messages/page.html", _context(found, request.actor, sender=form))


@require_POST
@policy("work_message")
def refuse(request: Request, pk: int) -> HttpResponse:
    found, form = _mine(request, pk), Refusal(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            inbox.refuse(message=found, reason=reason, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_page(pk), said=_("It is refused, with your reason."))
    return answer.form(form, "integration/messages/page.html", _context(found, request.actor, refusal=form))


def _mine(request: Request, pk: int) -> InboundMessage:
    return find(queries.message_pages(request.actor), pk=pk)


def _page(pk: int) -> str:
    return reverse("integration:message", args=[pk])


def _became(found: InboundMessage) -> str:
    if found.status == InboundState.HELD:
        return _("It was read again and still waits: %(why)s") % {"why": queries.why(found)}
    return _("It was read again: %(state)s.") % {"state": found.get_status_display().lower()}
