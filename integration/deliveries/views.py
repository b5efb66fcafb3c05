"""The integration monitor: one line a flow, the deliveries, and what can be done about one."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.journal import replay
from foundation.journal.models import Delivery
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from integration.deliveries import flows, queries
from integration.deliveries.forms import Because
from integration.erp.models import ErpDocument
from integration.sending.models import OutboundMessage

DELIVERIES = lists.List(
    "deliveries",
    title=gettext_lazy("Deliveries"),
    columns=[
        lists.Column(
            "document", gettext_lazy("Document"), value=lambda delivery: flows.number_of(delivery.entry), kind="code"
        ),
        lists.Column("flow", gettext_lazy("Flow"), value=lambda delivery: flows.label(delivery.subscriber)),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("attempts", gettext_lazy("Attempts"), sort="attempts", kind="number"),
        lists.Column("next_at", gettext_lazy("Next try"), sort="next_at", kind="instant"),
        lists.Column("note", gettext_lazy("Last words")),
        lists.Column(
            "recorded_at", gettext_lazy("Since"), sort="entry__recorded_at", value="entry.recorded_at", kind="instant"
        ),
        lists.Column("done_at", gettext_lazy("Done"), sort="done_at", kind="instant", is_default=False),
    ],
    filters=[
        lists.Search(["entry__subject", "entry__facts__number", "note"]),
        lists.Choice("status", gettext_lazy("State"), Delivery.Status.choices),
        lists.Choice("subscriber", gettext_lazy("Flow"), list(flows.OUT.items())),
    ],
    views=[
        lists.View(
            "parked",
            gettext_lazy("Needs help"),
            {"status": Delivery.Status.PARKED},
            empty=gettext_lazy("Nothing needs help: every message found its way or is on it."),
        ),
        lists.View(
            "waiting",
            gettext_lazy("Waiting"),
            {"status": Delivery.Status.READY, "sort": "next_at"},
            empty=gettext_lazy("Nothing waits to be sent."),
        ),
        lists.View("all", gettext_lazy("All")),
    ],
    default_sort="-id",
    url=lambda delivery: reverse("integration:delivery", args=[delivery.pk]),
    counted=ngettext_lazy("%(shown)s delivery", "%(shown)s deliveries", "count"),
    empty=gettext_lazy("Everything has been delivered."),
)


@require_GET
@policy("see_integration")
def monitor(request: HttpRequest) -> HttpResponse:
    lines = queries.flow_lines()
    trouble = [flow for flow in lines if flow.parked or flow.is_late]
    return render(request, "integration/monitor.html", {"flows": lines, "trouble": trouble, "at": now()})


@require_GET
@policy("see_integration")
def deliveries(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, DELIVERIES, queries.delivery_rows(), template="integration/deliveries/list.html")


@require_GET
@policy("see_integration")
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.delivery_rows(), pk=pk)
    in_erp = ErpDocument.objects.filter(subject=found.entry.subject).first()
    context = {
        "delivery": found,
        "flow": flows.label(found.subscriber),
        "number": flows.number_of(found.entry),
        "page": flows.page_of(found.entry),
        "facts": json.dumps(found.entry.facts, indent=2, ensure_ascii=False),
        "in_erp": in_erp if found.subscriber in flows.ERP_FLOWS else None,
        "told": told(found),
        "payload": json.dumps(in_erp.payload, indent=2, ensure_ascii=False) if in_erp and in_erp.payload else "",
        "form": Because(),
        "is_open": found.status in (Delivery.Status.READY, Delivery.Status.PARKED),
        "may_replay": holds(request.actor, "replay_delivery"),
        "ahead": queries.delivery_rows().filter(lane=found.lane, number__lt=found.number, status="parked").first(),
    }
    return render(request, "integration/deliveries/page.html", context)


def told(delivery: Delivery) -> list[OutboundMessage]:
    """The messages to partners' systems that it is about."""
    if delivery.subscriber not in flows.PARTNER_FLOWS:
        return []
    everywhere = OutboundMessage.objects.everywhere(because="whoever sees integrations sees what leaves")
    return list(everywhere.filter(about=delivery.entry.subject).select_related("partner").order_by("-pk")[:20])


@require_POST
@policy("replay_delivery")
def redeliver(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, replay.redeliver, _("It is sent again now."))


@require_POST
@policy("replay_delivery")
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, replay.skip, _("It is let be. What waited behind it goes on."))


def _settle(request: HttpRequest, pk: int, action: Callable[..., object], said: str) -> HttpResponse:
    found = find(queries.delivery_rows(), pk=pk)
    reason = Because(request.POST)
    words = reason.cleaned_data["reason"] if reason.is_valid() else ""
    with answering(request) as answer:
        action(delivery=found, reason=words, by=request.actor, at=now(), key=answer.key)
    return answer.redirect(reverse("integration:delivery", args=[pk]), said=said)
