"""What we sent to suppliers' systems: which is on its way, which they could not read, each in its own bytes."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET

from foundation.files import actions as files
from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from integration.deliveries.flows import PAGES
from integration.sending import queries
from integration.sending.lifecycle import OutboundState
from integration.sending.models import OutboundMessage, Told

SENT = lists.List(
    "sent",
    title=gettext_lazy("Messages to suppliers"),
    columns=[
        lists.Column("message", gettext_lazy("Message"), value=str, kind="code"),
        lists.Column("kind", gettext_lazy("What"), sort="kind", value="get_kind_display"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("number", gettext_lazy("Document"), sort="number", kind="code"),
        lists.Column("sent_at", gettext_lazy("Sent"), sort="sent_at", kind="instant"),
        lists.Column("due_at", gettext_lazy("Acknowledged by"), sort="due_at", kind="instant", is_default=False),
        lists.Column("answered_at", gettext_lazy("Answered"), sort="answered_at", kind="instant"),
    ],
    filters=[
        lists.Search(["number", "control", "partner__address", "supplier__party__name"]),
        lists.Choice("status", gettext_lazy("State"), OutboundState.choices),
        lists.Choice("kind", gettext_lazy("What"), Told.choices),
        lists.Flag("late", gettext_lazy("Not acknowledged in time"), lambda rows, actor: queries.unanswered(rows)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View(
            "help",
            gettext_lazy("Needs help"),
            {"status": [OutboundState.REFUSED, OutboundState.STOPPED]},
            empty=gettext_lazy("Nothing needs help: whatever was sent was not refused."),
        ),
        lists.View("unanswered", gettext_lazy("Not acknowledged in time"), {"late": "1"}),
        lists.View("waiting", gettext_lazy("On its way"), {"status": OutboundState.WRITTEN}),
    ],
    default_sort="-id",
    url=lambda message: reverse("integration:sent-message", args=[message.pk]),
    counted=ngettext_lazy("%(shown)s message", "%(shown)s messages", "count"),
    empty=gettext_lazy("Nothing was sent yet. Agree with a trading partner on what its system gets."),
)
HEAD = 6000


@require_GET
@policy("see_message")
def sent(request: Request) -> HttpResponse:
    return lists.answer(request, SENT, queries.sent_rows(request.actor), template="integration/sent/list.html")


@require_GET
@policy("see_message")
def message(request: Request, pk: int) -> HttpResponse:
    found = find(queries.sent_rows(request.actor), pk=pk)
    text = _bytes(found)[: HEAD + 1].decode("utf-8", "replace")
    context = {
        "message": found,
        "text": text[:HEAD].replace("~", "~\n") if found.syntax == "x12" else text[:HEAD],
        "is_cut": len(text) > HEAD,
        "page": PAGES.get(found.about.partition(":")[0], "").format(found.number, id=found.about.partition(":")[2]),
        "may_agree": holds(request.actor, "manage_partners"),
        "entries": timeline([found.subject]),
    }
    return render(request, "integration/sent/page.html", context)


@require_GET
@policy("see_message")
def content(request: Request, pk: int) -> HttpResponseBase:
    """The bytes as they left, without a shared secret."""
    found = find(queries.sent_rows(request.actor), pk=pk)
    if found.file is None:
        raise Http404
    try:
        kept = files.opened(found.file)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(kept, as_attachment=True, filename=found.file.name, content_type="application/octet-stream")


def _bytes(found: OutboundMessage) -> bytes:
    if found.file is None:
        return b""
    try:
        with files.opened(found.file) as kept:
            return kept.read()
    except FileNotFoundError:
        return b""
