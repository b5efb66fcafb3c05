"""Passkeys at the portal: signing in with one, adding and removing one's own, and the page that lists every way in.

What a browser answers is kept by one request and used by the next, to which it is sent on at once (307): between the
two a process of the back office reads and judges it, and it reads only what is committed.
"""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import path_of
from organization.people import actions as people
from organization.people import devices, passkeys
from organization.people import portal_challenges as challenges
from organization.people.carrying import resume
from organization.people.forms import NewPasskey, SignIn
from organization.people.models import PortalPasskey, TrustedDevice
from organization.people.passkeys import ANSWER_MINUTES, FRESH_MINUTES, OFFER
from organization.people.portal import SIGN_IN, WAIT, leaving
from organization.people.portal_challenges import PROVED, WAITING
from organization.people.portal_links import address_of


@never_cache
@require_POST
@policy(policy.PUBLIC)
def ask_to_show(request: HttpRequest) -> HttpResponse:
    """What the browser needs to find a passkey of ours; asked of everybody alike."""
    secret = secrets.token_urlsafe(32)
    asked = challenges.ask(secret, adds=False, address=address_of(request))
    return keeping(JsonResponse({"options": passkeys.to_show(asked)}), secret) if asked else too_many()


@require_POST
@policy(policy.PUBLIC)
def show(request: HttpRequest) -> HttpResponse:
    challenges.answer(secret_of(request), request.POST.get("credential", ""))
    return onward("portal:sign-in-passkey-open")


@never_cache
@require_POST
@policy(policy.PUBLIC)
def enter(request: HttpRequest) -> HttpResponse:
    """Open a session by what was proved. Whatever is wrong is said in the same words."""
    there, carried = path_of(request.POST.get("next", "/")), request.POST.get("carried", "")
    secret = secret_of(request)
    verdict = challenges.verdict(secret)
    person = authenticate(request, passkey=secret) if verdict == PROVED else None
    if person is None:
        context = {"form": SignIn(), "next": there, "carried": carried, "sentence": refusal(verdict)}
        return forgetting(render(request, SIGN_IN, context, status=503 if verdict == WAITING else 422))
    login(request, person)
    resumed = resume(request, carried) if carried else None
    return forgetting(resumed or HttpResponseRedirect(there, status=303))


def refusal(verdict: str) -> str:
    if verdict == WAITING:
        return _("Passkeys cannot be checked right now. Have a link mailed to you instead; a code opens it.")
    return _("The passkey did not open anything here. Try again, or have a link mailed to you.")


@never_cache
@require_GET
@policy(policy.SUPPLIER)
def ways_in(request: HttpRequest) -> HttpResponse:
    return page(request)


def page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    own = list(mine(request))
    context = {
        "passkeys": own,
        "is_first": not own,
        "is_fresh": challenges.is_fresh(),
        "minutes": FRESH_MINUTES,
        "devices": TrustedDevice.objects.defer("token_hash").order_by("-trusted_at"),
        "form": NewPasskey(initial={"name": devices.words(request.headers.get("User-Agent", ""))[:60]}),
        **more,
    }
    return render(request, "portal/people/ways_in.html", context, status=status)


@never_cache
@require_POST
@policy(policy.SUPPLIER)
def ask_to_make(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    person: Any = request.user
    if not challenges.is_fresh():
        said = _("You signed in more than %(minutes)s minutes ago. Sign out and in again, then add the passkey.")
        return JsonResponse({"detail": said % {"minutes": FRESH_MINUTES}}, status=403)
    secret = secrets.token_urlsafe(32)
    asked = challenges.ask(secret, adds=True, address=address_of(request))
    if asked is None:
        return too_many()
    had = [passkey.credential for passkey in mine(request)]
    return keeping(JsonResponse({"options": passkeys.to_make(person, had, asked)}), secret)


@require_POST
@policy(policy.SUPPLIER)
def make(request: HttpRequest) -> HttpResponse:
    form = NewPasskey(request.POST)
    if not form.is_valid():
        return page(request, status=422, form=form)
    challenges.answer(secret_of(request), form.cleaned_data["credential"], form.cleaned_data["name"])
    return onward("portal:passkey-added")


@never_cache
@require_POST
@policy(policy.SUPPLIER)
def added(request: HttpRequest) -> HttpResponse:
    """What became of the passkey that the browser made."""
    verdict = challenges.verdict(secret_of(request))
    if verdict != PROVED:
        form = NewPasskey(request.POST)
        said = _("The browser made no passkey that could be kept. Try again.")
        if verdict == WAITING:
            said = _("Passkeys cannot be checked right now. Nothing was added; try again later.")
        form.add_error(None, said)
        return forgetting(page(request, status=503 if verdict == WAITING else 422, form=form))
    request.session.pop(OFFER, None)
    messages.success(request, _("The passkey is kept. Try it at your next sign-in."))
    return forgetting(HttpResponseRedirect(reverse("portal:ways-in"), status=303))


@require_POST
@policy(policy.SUPPLIER)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    if not challenges.remove(pk):
        raise Http404
    with answering(request) as answer:
        pass
    return answer.redirect(reverse("portal:ways-in"), said=_("It is removed and opens nothing any more."))


@require_POST
@policy(policy.SUPPLIER)
def decline(request: HttpRequest) -> HttpResponse:
    """Not wanted: nobody asks again."""
    person: Any = request.user
    people.decline_passkey(person=person, at=now())
    request.session.pop(OFFER, None)
    messages.success(request, _("Should you want one after all: it is under “Sign-in” in your menu."))
    return HttpResponseRedirect(path_of(request.POST.get("next", "/")), status=303)


def mine(request: HttpRequest) -> Any:
    """The person's own, by the policy; what its role may not read is left out."""
    hidden = ("public_key", "uses", "removed_at")
    return PortalPasskey.objects.filter(person_id=request.user.pk).defer(*hidden).order_by("added_at")


def onward(name: str) -> HttpResponse:
    """The same form once more, there."""
    return HttpResponseRedirect(reverse(name), preserve_request=True)


def too_many() -> HttpResponse:
    said = _("Too many tries. Wait a minute, then try again.")
    return JsonResponse({"detail": said}, status=429, headers={"Retry-After": WAIT})


def secret_name() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_passkey"


def secret_of(request: HttpRequest) -> str:
    return request.COOKIES.get(secret_name(), "")


def keeping(response: HttpResponse, secret: str) -> HttpResponse:
    """Only the browser that was asked can use the answer: it alone has this cookie."""
    return leaving(response, secret_name(), secret, seconds=ANSWER_MINUTES * 60, samesite="Strict")


def forgetting(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(secret_name(), samesite="Strict")
    return response
