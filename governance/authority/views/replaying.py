"""The replay of a draft: what it would have made of the documents of the last days."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.screens.answers import answering
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from governance.authority import replays
from governance.authority.lifecycle import MatrixState
from governance.authority.models import AuthorityMatrix, MatrixReplay
from governance.authority.replaying import Fate
from governance.authority.telling import LABELS, TONES, told
from governance.authority.views.matrices import address, found

PAGE = 50


@require_GET
@policy("see_matrix")
def replay(request: Request, number: int) -> HttpResponse:
    """Its progress while it runs, then its figures, and the documents that differ for who keeps the rules."""
    matrix = found(number)
    return render(request, "governance/authority/replay.html", shown(request, matrix))


@require_POST
@policy("edit_matrix", "publish_matrix")
def start(request: Request, number: int) -> HttpResponse:
    matrix = found(number)
    days = request.POST.get("days", "")
    with answering(request) as answer:
        asked = int(days) if days in map(str, replays.PERIODS) else 0
        replays.replay_matrix(matrix=matrix, days=asked, by=request.actor, at=now())
    return answer.redirect(address(matrix, "matrix-replay"), said=_("The replay begins."))


def shown(request: Request, matrix: AuthorityMatrix) -> dict[str, Any]:
    last = replays.last_of(matrix)
    keeps = holds(request.actor, "edit_matrix") or holds(request.actor, "publish_matrix")
    context: dict[str, Any] = {
        "matrix": matrix,
        "replay": last,
        "job": last.job if last else None,
        "periods": replays.PERIODS,
        "may_start": keeps and matrix.status == MatrixState.DRAFT,
    }
    if last and last.finished_at:
        context |= told(last) | {"is_stale": replays.is_stale(last), "keeps": keeps}
        if keeps:
            context |= documents(request, last)
    return context


def documents(request: Request, last: MatrixReplay) -> dict[str, Any]:
    """Those that differ, of one fate or all, the dearest first."""
    listed = replays.fates_of(last)
    chosen = request.GET.get("fate", "")
    chosen = chosen if chosen in listed else ""
    rows = last.documents.filter(fate=chosen) if chosen else last.documents.all()
    shown = Paginator(rows.order_by("-amount", "id"), PAGE).get_page(request.GET.get("page"))
    return {
        "chosen": chosen,
        "tabs": [(str(fate), label, listed[fate]) for fate, label in LABELS.items() if fate in listed],
        "shown": shown,
        "documents": [(one, LABELS[Fate(one.fate)], TONES.get(Fate(one.fate), "neutral")) for one in shown.object_list],
        "left_out": sum(last.figures["fates"].values()) - last.figures["fates"][Fate.SAME] - sum(listed.values()),
    }
