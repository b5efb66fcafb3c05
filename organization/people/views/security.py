"""My security: passkeys, the authenticator app, recovery codes, sessions."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request, typed
from organization.people import actions as people
from organization.people import devices, factors, queries
from organization.people.forms import NewApp, NewPasskey
from organization.people.passkeys import OFFER

SEALED = "countersign.app"
SEALED_FOR = 60 * 60


@never_cache
@require_GET
@policy(policy.SIGNED_IN)
def security(request: Request) -> HttpResponse:
    return page(request)


def page(request: Request, *, status: int = 200, **more: Any) -> HttpResponse:
    mine = factors.of(request.user.pk)
    context = {
        "passkeys": [row for row in mine if row.type == factors.PASSKEY],
        "app": next((row for row in mine if row.type == factors.APP), None),
        "codes_left": len(factors.recovery_codes(request.user.pk)) if mine else 0,
        "is_last": sum(row.type in factors.STRONG for row in mine) == 1,
        "needs_factor": queries.needs_factor(request.user.pk),
        "sessions": queries.sessions_of(request.user.pk, here=request.session.session_key or ""),
        "form": NewPasskey(initial={"name": devices.words(request.headers.get("User-Agent", ""))[:60]}),
        **more,
    }
    return render(request, "people/security.html", context, status=status)


@require_POST
@policy(policy.SIGNED_IN)
def ask_for_passkey(request: Request) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return JsonResponse({"options": factors.passkey_to_make(request.user)})


@require_POST
@policy(policy.SIGNED_IN)
def add_passkey(request: Request) -> HttpResponse:
    form = NewPasskey(request.POST)
    made = factors.made_passkey(form.cleaned_data["credential"]) if form.is_valid() else None
    if made is None:
        form.add_error(None, _("The browser made no passkey that could be kept. Try again."))
        return page(request, status=422, form=form)
    with answering(request) as answer:
        people.add_passkey(
            person=request.user, name=form.cleaned_data["name"], answer=made, key=answer.key, **_by(request)
        )
    request.session.pop(OFFER, None)
    request.session.pop(factors.MAKING, None)
    return answer.redirect(
        reverse("organization:security"), said=_("The passkey is kept. Try it at your next sign-in.")
    )


@require_POST
@policy(policy.SIGNED_IN)
def rename_passkey(request: Request, pk: int) -> HttpResponse:
    _mine(request, pk)
    name = typed(request, "name", most=60)
    with answering(request) as answer:
        people.rename_passkey(person=request.user, factor_id=pk, name=name, key=answer.key, **_by(request))
    return answer.redirect(reverse("organization:security"), said=_("The passkey has a new name."))


@require_POST
@policy(policy.SIGNED_IN)
def remove_factor(request: Request, pk: int) -> HttpResponse:
    _mine(request, pk)
    with answering(request) as answer:
        people.remove_factor(person=request.user, factor_id=pk, key=answer.key, **_by(request))
    return answer.redirect(reverse("organization:security"), said=_("It is removed and opens nothing any more."))


@never_cache
@require_http_methods(["GET", "POST"])
@policy(policy.SIGNED_IN)
def app(request: Request) -> HttpResponse:
    """Show a secret to an authenticator app and see whether it understood. The secret is kept when it did."""
    form = NewApp(request.POST or None)
    secret = _unsealed(request.POST.get("sealed", "")) or factors.new_secret()
    with answering(request) as answer:
        if form.is_valid():
            code = form.cleaned_data["code"]
            people.add_app(person=request.user, secret=secret, code=code, key=answer.key, **_by(request))
            return answer.redirect(reverse("organization:security"), said=_("The app is kept. It asks nothing more."))
    address = factors.app_address(request.user, secret)
    context = {"secret": secret, "square": factors.square_code(address), "sealed": _sealed(secret)}
    return answer.form(form, "people/app.html", context)


@never_cache
@require_POST
@policy(policy.SIGNED_IN)
def recovery_codes(request: Request) -> HttpResponse:
    """Ten new codes, shown this once."""
    with answering(request) as answer:
        people.renew_recovery_codes(person=request.user, key=answer.key, **_by(request))
    if answer.problem:
        return answer.redirect(reverse("organization:security"))
    return render(request, "people/recovery_codes.html", {"codes": factors.recovery_codes(request.user.pk)})


@require_POST
@policy(policy.SIGNED_IN)
def end_session(request: Request, mark: str) -> HttpResponse:
    mine = queries.sessions_of(request.user.pk, here=request.session.session_key or "")
    wanted = [one.key for one in mine if one.mark == mark]
    if not wanted:
        raise Http404
    return _end(request, wanted, _("The session has ended."))


@require_POST
@policy(policy.SIGNED_IN)
def end_other_sessions(request: Request) -> HttpResponse:
    mine = queries.sessions_of(request.user.pk, here=request.session.session_key or "")
    return _end(request, [one.key for one in mine if not one.is_here], _("All other sessions have ended."))


def _end(request: Request, keys: list[str], said: str) -> HttpResponse:
    with answering(request) as answer:
        people.end_sessions(person=request.user, keys=keys, key=answer.key, **_by(request))
    return answer.redirect(reverse("organization:security"), said=said)


def _mine(request: Request, pk: int) -> None:
    """A factor of somebody else's is not found, whatever is wanted of it."""
    if all(row.pk != pk for row in factors.of(request.user.pk)):
        raise Http404


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": now()}


def _sealed(secret: str) -> str:
    """The secret on its way through the page: encrypted, so that no history or copy of the page holds it."""
    return signing.dumps(factors.Adapter().encrypt(secret), salt=SEALED)


def _unsealed(sealed: str) -> str:
    try:
        return factors.Adapter().decrypt(signing.loads(sealed, salt=SEALED, max_age=SEALED_FOR))
    except signing.BadSignature:
        return ""
