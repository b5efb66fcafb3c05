"""The supplier about himself: his firm's data, where he is paid, what he can prove. All of it is only submitted."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from foundation.files import actions as files
from foundation.files.views import handed_out
from foundation.screens import areas
from foundation.screens.answers import answering
from foundation.screens.areas import Area
from foundation.screens.finding import find
from foundation.screens.initial import values_of
from foundation.screens.policy import policy
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from foundation.values.portal_roles import PortalRole
from organization.parties.models import KNOWN_BY
from suppliers.banking.models import BankAccount
from suppliers.documents.forms import SendDocument
from suppliers.documents.models import AskedDocument, SupplierDocument
from suppliers.documents.rules import LACKING, Standing
from suppliers.onboarding.models import CompanyData
from suppliers.onboarding.portal_forms import Account, Company
from suppliers.portal import Todo, todo
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Supplier

PAGE = "portal/company/page.html"
TO_SEND = [Standing.MISSING, Standing.REFUSED, Standing.EXPIRED, Standing.ENDING]


def _mine() -> Supplier:
    return find(Supplier.objects.select_related("party").only("number", "party"))


def _shown(request: HttpRequest, **more: Any) -> dict[str, Any]:
    party = _mine().party
    asked = AskedDocument.objects.select_related("type").order_by("type__name")
    named = ("type__code", "type__name", "type__what", "type__expires")
    rows = list(asked.only("standing", "valid_until", "answer", "is_in_review", *named))
    said = CompanyData.objects.only("said", "said_at", "taken", "status", "answer").order_by("-pk").first()
    accounts = BankAccount.objects.only("holder", "masked", "status", "proposed_at", "decided_at", "answer")
    sent = SupplierDocument.objects.select_related("type", "file").only(
        *("public_id", "status", "reference", "valid_until", "sent_at", "answer", "type__name", "file__name")
    )
    return {
        "party": party,
        "said": said,
        "form": Company(initial=values_of(party, KNOWN_BY)),
        "accounts": list(accounts.order_by("-pk")[:10]),
        "bank_form": Account(),
        "asked": [{"one": one, "form": SendDocument(type=one.type)} for one in rows],
        "sent": list(sent.order_by("-pk")[:50]),
        "lacking": sum(one.standing in LACKING for one in rows),
        **more,
    }


@require_GET
@policy(PortalRole.COMPANY)
def company(request: HttpRequest) -> HttpResponse:
    return render(request, PAGE, _shown(request))


@require_POST
@policy(PortalRole.COMPANY)
def say(request: HttpRequest) -> HttpResponse:
    form = Company(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            return _send(request, SubmissionKind.COMPANY, form.cleaned_data, answer.key)
    return answer.form(form, PAGE, _shown(request, form=form))


@require_POST
@policy(PortalRole.COMPANY)
def bank(request: HttpRequest) -> HttpResponse:
    form = Account(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            return _send(request, SubmissionKind.BANK, form.cleaned_data, answer.key)
    return answer.form(
        form, PAGE, _shown(request, form=Company(initial=values_of(_mine().party, KNOWN_BY))) | {"bank_form": form}
    )


@require_POST
@policy(PortalRole.COMPANY)
def send(request: HttpRequest, code: str) -> HttpResponse:
    """One file for one document that is asked for. Its bytes are laid down here and judged anew where they count."""
    asked = find(
        AskedDocument.objects.select_related("type").only("type__code", "type__name", "type__expires"), type__code=code
    )
    form = SendDocument(request.POST, request.FILES, type=asked.type)
    with answering(request) as answer:
        if form.is_valid():
            said = dict(form.cleaned_data)
            laid = files.lay_down(said.pop("file"), inspected=True)
            body = {name: str(value) for name, value in said.items() if value}
            body |= {"type": asked.type.code, "sha256": laid.sha256, "name": laid.name}
            return _send(request, SubmissionKind.DOCUMENT, body, answer.key)
    return answer.form(form, "portal/company/document.html", {"type": asked.type})


def _send(request: HttpRequest, kind: str, body: dict[str, Any], key: str) -> HttpResponse:
    supplier = _mine()
    said = {"supplier_id": supplier.pk, "kind": kind, "about": None, "body": body}
    submission = submissions.submit(**said, by=request.actor, key=key)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("portal:sent", args=[submission.public_id]), status=303)


@require_safe
@policy(PortalRole.COMPANY)
def file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    rows = SupplierDocument.objects.select_related("file")
    named = ("file__sha256", "file__name", "file__content_type")
    return handed_out(find(rows.only("public_id", *named), public_id=public_id).file, at_once=True)


def _to_send(actor: Actor, limit: int) -> list[WorkRow]:
    rows = AskedDocument.objects.filter(standing__in=TO_SEND, is_in_review=False).select_related("type")
    return [
        WorkRow(
            kind=str(_("Document")),
            icon="file-up",
            identity=one.type.name,
            url=f"{reverse('portal:company')}#documents",
            why=one.get_standing_display(),
            tone="warn" if one.standing == Standing.ENDING else "bad",
        )
        for one in rows.only("standing", "type__name").order_by("type__name")[:limit]
    ]


areas.register(Area("portal-company", _("Your company"), "portal:company", order=60, icon="building-2"))
todo(
    Todo(
        key="documents",
        label=_("Documents we ask for"),
        url=lambda: reverse("portal:company"),
        rows=_to_send,
        count=lambda actor: AskedDocument.objects.filter(standing__in=TO_SEND, is_in_review=False).values("pk").count(),
        empty=_("Every document that we ask for is here."),
        order=60,
        roles=(PortalRole.COMPANY,),
    )
)
