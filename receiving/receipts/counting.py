"""Receipts at the dock, for phone and gun: scan, count, post. Every step is a plain form, so any browser will do."""

import uuid
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.files import actions as files
from foundation.screens.answers import Answer, answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.exact import plain
from receiving import places
from receiving.notices.models import ShipNotice
from receiving.notices.ssccs import grouped
from receiving.receipts import actions as receipts
from receiving.receipts import codes, forms, posting, queries
from receiving.receipts.actions.scan import unknown
from receiving.receipts.models import Receipt, ReceiptLine
from suppliers.suppliers.models import Supplier

PAGE = "receiving/receipts/count.html"


def page(request: HttpRequest, receipt: Receipt, form: Any = None, answer: Answer | None = None) -> HttpResponse:
    """The counting page: one armed field, the line that was scanned or chosen, and all lines below."""
    lines = queries.lines_of(receipt)
    found = _scanned(request, receipt)
    line = _chosen(request, lines, found)
    context = {
        "receipt": receipt,
        "lines": lines,
        "line": line,
        "found": found,
        "pallet": found.meant if found and found.unit else (),
        "sscc": grouped(found.code.sscc) if found else "",
        "unknown": unknown(found) if found and not found.meant else "",
        "adds_each": request.GET.get("mode") == "each",
        "is_blind": receipt.site.counts_blind,
        "left": receipt.line_count - receipt.counted_count,
        "device": uuid.uuid4(),
    }
    if line is not None:
        context["form"] = form or _form(receipt, line, found)
    if answer is not None and form is not None:
        return answer.form(form, PAGE, context)
    return render(request, PAGE, context)


@require_POST
@policy("receive_goods")
def start(request: HttpRequest) -> HttpResponse:
    """Open a receipt for a ship notice, or for orders of one supplier that nobody announced."""
    site = places.chosen_of(request.POST.get("site", ""), places.sites_of(request.actor, "receive_goods"))
    numbers = request.POST.getlist("order")
    with answering(request) as answer:
        if site is None:
            raise Http404
        what = _notice(request) if request.POST.get("notice") else _orders(request, site.pk, numbers)
        made = receipts.start(site=site, by=request.actor, at=now(), key=answer.key, **what)
        return answer.redirect(reverse("receiving:receipt", args=[made.number]))
    return answer.redirect(reverse("receiving:truck"))


@require_POST
@policy("receive_goods")
def count(request: HttpRequest, number: str) -> HttpResponse:
    receipt = find(_countable(request), number=number)
    line = _line(receipt, request.POST.get("line", ""))
    form = forms.CountLine(request.POST, request.FILES, units=queries.units_of(line), line=line)
    with answering(request) as answer:
        if form.is_valid():
            counted = form.counted()
            if photo := form.cleaned_data["photo"]:
                counted["photo"] = files.store(upload=photo, about=receipt.subject, by=request.actor, at=now())
            receipts.count(
                receipt=receipt, line_number=line.number, by=request.actor, at=now(), key=answer.key, **counted
            )
            return answer.redirect(_back(receipt), said=_said(line))
    request.GET = request.GET.copy()
    request.GET["line"] = str(line.number)
    return page(request, receipt, form, answer)


@require_POST
@policy("receive_goods")
def scan(request: HttpRequest, number: str) -> HttpResponse:
    """A scan that counts by itself: one more of an item, or all that stands on a pallet."""
    receipt = find(_countable(request), number=number)
    with answering(request) as answer:
        receipts.scan(
            receipt=receipt,
            device_id=_device(request),
            code=request.POST.get("code", "")[:200],
            condition=request.POST.get("condition") or "accepted",
            by=request.actor,
            at=now(),
        )
    mode = "?mode=each" if request.POST.get("mode") == "each" else ""
    return answer.redirect(_back(receipt) + mode, said=_("Counted."))


@require_POST
@policy("receive_goods")
def as_announced(request: HttpRequest, number: str) -> HttpResponse:
    receipt = find(_countable(request), number=number)
    with answering(request) as answer:
        receipts.as_announced(receipt=receipt, by=request.actor, at=now(), key=answer.key)
    return answer.redirect(_post_page(receipt), said=_("Every line is counted as announced."))


@require_POST
@policy("receive_goods")
def nothing_more(request: HttpRequest, number: str) -> HttpResponse:
    receipt = find(_countable(request), number=number)
    with answering(request) as answer:
        receipts.nothing_more(receipt=receipt, by=request.actor, at=now(), key=answer.key)
    return answer.redirect(_post_page(receipt), said=_("What was not counted is marked as not there."))


@require_http_methods(["GET", "POST"])
@policy("receive_goods")
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Something that nobody announced."""
    receipt = find(_countable(request), number=number)
    lines = queries.lines_of(receipt)
    form = forms.AddLine(request.POST or None, lines=lines, initial={"sku": request.GET.get("sku", "")[:40]})
    with answering(request) as answer:
        if form.is_valid():
            receipts.add_line(receipt=receipt, by=request.actor, at=now(), key=answer.key, **form.added())
            return answer.redirect(_back(receipt), said=_("The line is added."))
    return answer.form(form, "receiving/receipts/add.html", {"receipt": receipt})


@require_http_methods(["GET", "POST"])
@policy("receive_goods")
def post(request: HttpRequest, number: str) -> HttpResponse:
    """What was counted and what follows from it, then the posting itself."""
    receipt = find(_countable(request), number=number)
    if request.method == "POST":
        with answering(request) as answer:
            receipts.post(receipt=receipt, by=request.actor, at=now(), **answer.seen)
        return answer.redirect(_back(receipt), said=_("Posted: the goods are in stock."))
    lines = posting.full_lines(receipt)
    posting.judge(receipt, lines)
    context = {
        "receipt": receipt,
        "lines": lines,
        "is_blind": receipt.site.counts_blind,
        "differences": [(line, found) for line in lines for found in line.discrepancies],
        "left": receipt.line_count - receipt.counted_count,
    }
    return render(request, "receiving/receipts/post.html", context)


@require_POST
@policy("receive_goods")
def discard(request: HttpRequest, number: str) -> HttpResponse:
    receipt = find(_countable(request), number=number)
    with answering(request) as answer:
        receipts.discard(receipt=receipt, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("receiving:arrivals"), said=_("The count is given up; nothing was posted."))


def _countable(request: HttpRequest) -> Any:
    return Receipt.objects.visible_to(request.actor).select_related(*queries.SHOWN)


def _scanned(request: HttpRequest, receipt: Receipt) -> codes.Recognized | None:
    text = request.GET.get("code", "").replace("\x00", "").strip()[:200]
    return codes.recognize(receipt, text) if text else None


def _chosen(request: HttpRequest, lines: list[ReceiptLine], found: codes.Recognized | None) -> ReceiptLine | None:
    wanted = request.GET.get("line", "")
    if found and not found.unit and len(found.meant) == 1:
        wanted = str(found.meant[0].line.number)
    return next((line for line in lines if str(line.number) == wanted), None)


def _form(receipt: Receipt, line: ReceiptLine, found: codes.Recognized | None) -> forms.CountLine:
    """Prefilled with what was counted before, else with what should be there; where counting is blind, with nothing."""
    units = queries.units_of(line)
    initial: dict[str, Any] = {"unit": "1/1", "lot": line.lot, "has_certificate": line.has_certificate}
    if line.is_counted:
        initial |= {name: plain(getattr(line, name)).replace(",", "") for name in ("accepted", "damaged", "refused")}
    elif not receipt.site.counts_blind:
        initial["accepted"] = plain(line.expected).replace(",", "")
    if found and found.meant and found.meant[0].lot:
        initial["lot"] = found.meant[0].lot
    pack = f"{found.factor.numerator}/{found.factor.denominator}" if found else "1/1"
    if pack != "1/1" and pack in {unit.key for unit in units}:
        initial |= {"unit": pack, "accepted": ""}
    return forms.CountLine(initial=initial, units=units, line=line)


def _line(receipt: Receipt, text: str) -> ReceiptLine:
    for line in queries.lines_of(receipt):
        if str(line.number) == text:
            return line
    raise Http404


def _notice(request: HttpRequest) -> dict[str, Any]:
    rows = ShipNotice.objects.visible_to(request.actor).select_related("supplier__party", "site")
    notice = find(rows, number=request.POST["notice"])
    return {"supplier": notice.supplier, "notice": notice}


def _orders(request: HttpRequest, site_id: int, numbers: list[str]) -> dict[str, Any]:
    found = queries.orders_at(request.actor, site_id, numbers)
    if not found:
        raise BadRequest(_("Choose the order that the goods belong to."))
    supplier = Supplier.objects.select_related("party").get(pk=found[0].supplier_id)
    return {"supplier": supplier, "orders": found, "delivery_note": request.POST.get("delivery_note", "")[:40]}


def _device(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("device", ""))
    except ValueError:
        raise BadRequest(_("The scan has lost its own number. Open the page again.")) from None


def _said(line: ReceiptLine) -> str:
    line.refresh_from_db()
    if line.needs_recount:
        return _("%(item)s: count again, please.") % {"item": line.description}
    total = line.accepted + line.damaged + line.refused
    return _("%(item)s: %(count)s counted.") % {"item": line.description, "count": plain(total or Decimal(0))}


def _back(receipt: Receipt) -> str:
    return reverse("receiving:receipt", args=[receipt.number])


def _post_page(receipt: Receipt) -> str:
    return reverse("receiving:receipt-post", args=[receipt.number])
