"""A supplier's disputes: what waits for him first, the thread as a conversation, and his say in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from foundation.files import actions as files
from foundation.files.views import handed_out
from foundation.screens import areas, lists, shown
from foundation.screens.answers import answering
from foundation.screens.areas import Area
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from suppliers import portal_lists
from suppliers.disputes import queries
from suppliers.disputes.forms import Propose, Refuse, Reply
from suppliers.disputes.models import Dispute, DisputeFile, Does, Side
from suppliers.portal import Todo, todo
from suppliers.submissions import portal as submissions
from suppliers.submissions.lifecycle import SubmissionState
from suppliers.submissions.models import Submission, SubmissionKind
from suppliers.submissions.roles import ABOUT_GOODS, ABOUT_MONEY

PAGE = "portal/disputes/page.html"
SOON = timedelta(hours=8)
THREADS = (*ABOUT_GOODS, *ABOUT_MONEY)
"""Who has threads at all. Which of them are whose, the fence says: by what they are about."""


def state(dispute: Dispute) -> Any:
    if not dispute.is_open:
        return shown.badge("ok", _("Settled"))
    if dispute.is_agreed:
        return shown.badge("info", _("Agreed, being done"))
    if dispute.turn == Side.SUPPLIER:
        return shown.badge("warn", _("Waits for you"))
    return shown.badge("wait", _("Waits for the buyer"))


def due(dispute: Dispute) -> Any:
    return shown.ago(dispute.answer_by, now()) if dispute.is_open and dispute.turn == Side.SUPPLIER else ""


DISPUTES = lists.List(
    "portal-disputes",
    title=gettext_lazy("Disputes"),
    columns=[
        lists.Column("about", gettext_lazy("About"), sort="about", kind="code"),
        lists.Column("title", gettext_lazy("What it is"), is_clipped=True),
        lists.Column("state", gettext_lazy("State"), value=state, is_brief=True),
        lists.Column("answer_by", gettext_lazy("Answer due"), sort="answer_by", value=due, is_brief=True),
        lists.Column("amount", gettext_lazy("At stake"), sort="amount", kind="money", currency="currency"),
        lists.Column(
            "last_at", gettext_lazy("Last said"), sort="last_at", value=lambda row: shown.ago(row.last_at, now())
        ),
        lists.Column("outcome", gettext_lazy("How it ended"), is_clipped=True),
    ],
    filters=[
        lists.Search(["about", "title"]),
        lists.Flag("open", gettext_lazy("Open"), lambda rows, _actor: rows.filter(settled_at=None)),
        lists.Flag("mine", gettext_lazy("Waits for you"), lambda rows, _actor: rows.filter(turn=Side.SUPPLIER)),
        lists.Flag("over", gettext_lazy("Settled"), lambda rows, _actor: rows.exclude(settled_at=None)),
    ],
    views=[
        lists.View(
            "open",
            gettext_lazy("Open"),
            {"open": "1", "sort": "answer_by"},
            empty=gettext_lazy("No open disputes."),
        ),
        lists.View(
            "mine",
            gettext_lazy("Waits for you"),
            {"mine": "1", "sort": "answer_by"},
            empty=gettext_lazy("No dispute waits for you."),
        ),
        lists.View("over", gettext_lazy("Settled"), {"over": "1", "sort": "-last_at"}),
    ],
    url=lambda dispute: reverse("portal:dispute", args=[dispute.public_id]),
    counted=ngettext_lazy("%(shown)s dispute", "%(shown)s disputes", "count"),
    empty=gettext_lazy(
        "No disputes. If the buyer finds something wrong with a delivery or an invoice, it stands here."
    ),
)


@require_GET
@policy(*THREADS)
def disputes(request: HttpRequest) -> HttpResponse:
    return portal_lists.answer(request, DISPUTES, queries.of_supplier(_actor(request)))


@require_GET
@policy(*THREADS)
def dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The thread. While something is on its way it asks again by itself."""
    return page(request, found(request, public_id))


@require_POST
@policy(*THREADS)
def reply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _sent(request, public_id, Does.SAYS, lambda row: Reply(request.POST, request.FILES))


@require_POST
@policy(*THREADS)
def propose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _sent(request, public_id, Does.OFFERS, lambda row: Propose(request.POST, kind=row.kind))


@require_POST
@policy(*THREADS)
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _sent(request, public_id, Does.REFUSES, lambda row: Refuse(request.POST))


@require_POST
@policy(*THREADS)
def agree(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One press."""
    return _sent(request, public_id, Does.AGREES, lambda row: Form(request.POST))


@require_safe
@policy(*THREADS)
def file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A file of the thread."""
    named = ("file__sha256", "file__name", "file__content_type")
    rows = DisputeFile.objects.select_related("file").only("public_id", *named)
    return handed_out(find(rows, public_id=public_id).file, at_once=True)


def found(request: HttpRequest, public_id: UUID) -> Dispute:
    return find(queries.of_supplier(_actor(request)), public_id=public_id)


def _sent(request: HttpRequest, public_id: UUID, does: str, form_of: Callable[[Dispute], Form]) -> HttpResponse:
    """Send it, unless the other side spoke meanwhile: then what was typed stays and what is new stands out."""
    row = found(request, public_id)
    form, seen = form_of(row), _counted(request, "seen")
    if seen < row.said_count and queries.thread(row, Side.SUPPLIER, seen=seen).news:
        return page(request, row, does=does, form=form, seen=seen, status=409)
    with answering(request) as answer:
        if form.is_valid():
            submissions.submit(
                supplier_id=row.supplier_id,
                kind=SubmissionKind.DISPUTE,
                about=row.public_id,
                body=spoken(form.cleaned_data)
                | {"does": does, "number": _counted(request, "number"), "seen": row.said_count},
                by=_actor(request),
                key=answer.key,
            )
            return answer.redirect(reverse("portal:dispute", args=[row.public_id]))
    if answer.problem:  # a file that is not taken, say: the words stay
        for sentence in answer.problem.sentences or [answer.problem.title]:
            form.add_error(None, sentence)
    return page(request, row, does=does, form=form, status=answer.problem.status if answer.problem else 422)


def spoken(said: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with its file laid down (suppliers.disputes.answering reads it)."""
    said = dict(said)
    upload = said.pop("file", None)
    body: dict[str, Any] = {name: str(value) for name, value in said.items() if value}
    if upload:
        laid = files.lay_down(upload, inspected=True)
        body["files"] = [{"sha256": laid.sha256, "name": laid.name}]
    return body


def page(
    request: HttpRequest,
    row: Dispute,
    *,
    does: str = "",
    form: Form | None = None,
    seen: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The thread with what can be said in it. ``form`` was sent and came back, ``seen`` if it was overtaken."""
    last = _last_sent(request, row)
    kept = last.body if last and last.status == SubmissionState.REFUSED else {}
    thread = queries.thread(row, Side.SUPPLIER, seen=seen)
    forms: dict[str, Form] = {}
    if row.is_open and not row.is_agreed:
        text = {"text": kept.get("text", "")}
        amount = {"amount": f"{row.amount:.2f}" if row.amount else None}
        forms = {Does.SAYS: Reply(initial=text), Does.OFFERS: Propose(kind=row.kind, initial=amount | kept)}
        forms |= {Does.REFUSES: Refuse(initial=text)} if thread.offer else {}
    elif row.is_open:
        forms = {Does.SAYS: Reply(initial={"text": kept.get("text", "")})}
    context = {
        "dispute": row,
        "thread": thread,
        "state": state(row),
        "forms": forms | ({does: form} if form is not None and does in forms else {}),
        "form": form,
        "opened": does,
        "is_stale": seen is not None,
        "waiting": last if last and last.status == SubmissionState.RECEIVED else None,
        "refused": last if last and last.status == SubmissionState.REFUSED else None,
        **submissions.waiting(request, [last] if last else []),
    }
    answer = render(request, f"{PAGE}#thread" if is_partial(request) else PAGE, context, status=status)
    if is_partial(request) and not context["is_waiting"]:
        answer["HX-Refresh"] = "true"  # whose turn it is stands above the thread
    return answer


def _last_sent(request: HttpRequest, row: Dispute) -> Submission | None:
    """The last thing that was sent from this side: on its way, not accepted, or part of the thread by now."""
    mine = Submission.objects.visible_to(_actor(request)).filter(about=row.public_id, kind=SubmissionKind.DISPUTE)
    return mine.order_by("-pk").first()


def _counted(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def waiting_rows(actor: Actor, limit: int) -> list[WorkRow]:
    rows = queries.of_supplier(actor).filter(turn=Side.SUPPLIER).order_by("answer_by", "pk")
    return [
        WorkRow(
            kind="",
            icon="messages-square",
            identity=one.about,
            url=reverse("portal:dispute", args=[one.public_id]),
            why=one.title,
            tone="bad" if one.answer_by and one.answer_by < now() + SOON else "warn",
            amount=one.amount or None,
            currency=one.currency,
            due_at=one.answer_by,
        )
        for one in rows[:limit]
    ]


areas.register(Area("portal-disputes", gettext_lazy("Disputes"), "portal:disputes", order=35, icon="messages-square"))
todo(
    Todo(
        key="disputes",
        label=gettext_lazy("Disputes that wait for you"),
        url=lambda: f"{reverse('portal:disputes')}?view=mine&mine=1&sort=answer_by",
        rows=waiting_rows,
        count=lambda actor: queries.of_supplier(actor).filter(turn=Side.SUPPLIER).count(),
        empty=gettext_lazy("No dispute waits for you."),
        order=40,
        roles=THREADS,
    )
)
