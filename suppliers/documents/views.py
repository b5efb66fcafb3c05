"""Documents of a supplier: what is asked for, sending one in, reviewing; and which kinds there are."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from foundation.files import actions as files
from foundation.files.views import handed_out
from foundation.journal.queries import timeline
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.initial import values_of
from foundation.screens.policy import holds, policy
from foundation.screens.requests import typed
from suppliers.documents import actions as documents
from suppliers.documents import queries
from suppliers.documents.actions import DESCRIBED
from suppliers.documents.forms import AskFor, NewAskFor, SendDocument
from suppliers.documents.models import DocumentType, SupplierDocument
from suppliers.suppliers import pages
from suppliers.suppliers.models import Supplier

TYPES = "suppliers/documents/types.html"


@require_GET
@policy("see_supplier")
def page(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    rows = list(queries.documents_of(found))
    asked = queries.asked_of(found, on=localdate())
    may_edit = holds(request.actor, "edit_supplier")
    return pages.shown(
        request,
        "suppliers/documents/page.html",
        found,
        "supplier-documents",
        asked=[{"one": one, "form": SendDocument(type=one.type) if may_edit else None} for one in asked],
        documents=rows,
        to_review=[row for row in rows if row.status == "sent"],
        may_review=holds(request.actor, "review_document"),
        lacking=sum(one.is_lacking for one in asked),
        entries=timeline([row.subject for row in rows[:50]], limit=50),
    )


def _back(found: Supplier) -> str:
    return reverse("suppliers:supplier-documents", args=[found.number])


@require_POST
@policy("edit_supplier")
def send(request: HttpRequest, number: str, code: str) -> HttpResponse:
    found = pages.found(request, number)
    kind = find(DocumentType.objects.filter(is_asked=True), code=code)
    form = SendDocument(request.POST, request.FILES, type=kind)
    with answering(request) as answer:
        if form.is_valid():
            said = dict(form.cleaned_data)
            laid = files.lay_down(said.pop("file"), inspected=True)
            about = {"about": found.subject, "by": request.actor, "at": now()}
            stored = files.take_up(sha256=laid.sha256, name=laid.name, **about)
            by = {"by": request.actor, "at": now(), "key": answer.key}
            documents.send(supplier=found, type=kind, file=stored, **said, **by)
            return answer.redirect(_back(found), said=_("It is in. Somebody else reviews it."))
    return answer.form(form, "suppliers/documents/send.html", {"supplier": found, "type": kind})


def _document(found: Supplier, pk: int) -> SupplierDocument:
    return find(queries.documents_of(found), pk=pk)


@require_safe
@policy("see_supplier")
def file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    return handed_out(_document(pages.found(request, number), pk).file)


@require_POST
@policy("review_document")
def accept(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = pages.found(request, number)
    with answering(request) as answer:
        documents.accept(document=_document(found, pk), by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(found), said=_("It is accepted."))


@require_POST
@policy("review_document")
def refuse(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = pages.found(request, number)
    reason = typed(request, most=300)
    with answering(request) as answer:
        documents.refuse(document=_document(found, pk), reason=reason, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(found), said=_("It is refused. The supplier is written to."))


@require_GET
@policy("see_supplier")
def types(request: HttpRequest) -> HttpResponse:
    context = {
        "types": list(queries.types()),
        "to_review": list(queries.to_review()[:50]),
        "may_edit": holds(request.actor, "review_document"),
    }
    return render(request, TYPES, context)


@require_http_methods(["GET", "POST"])
@policy("review_document")
def new_type(request: HttpRequest) -> HttpResponse:
    form = NewAskFor(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            values = dict(form.cleaned_data)
            code = values.pop("code").upper()
            documents.ask_for(code=code, values=values, by=request.actor, at=now(), key=answer.key)
            return answer.redirect(reverse("suppliers:document-types"), said=_("It is asked for from now on."))
    return answer.form(form, "suppliers/documents/type.html")


@require_http_methods(["GET", "POST"])
@policy("review_document")
def edit_type(request: HttpRequest, code: str) -> HttpResponse:
    kind = find(queries.types(), code=code)
    form = AskFor(request.POST or None, initial=values_of(kind, DESCRIBED))
    with answering(request) as answer:
        if form.is_valid():
            documents.ask_otherwise(type=kind, values=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(reverse("suppliers:document-types"), said=_("It is changed."))
    return answer.form(form, "suppliers/documents/type.html", {"type": kind})
