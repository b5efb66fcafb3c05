"""Suppliers' people: signing in by mailed link and code or by password, and their own settings.

A link never decides anything by being opened: mail scanners open every link. Whoever is unknown gets the same answers
as whoever is known.
"""

import secrets
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import path_of
from organization.people import actions as people
from organization.people import portal_links as links
from organization.people.carrying import resume
from organization.people.forms import Preferences, SignIn
from organization.people.models import Person, PortalPasskey, TrustedDevice
from organization.people.passkeys import OFFER
from organization.people.portal_forms import AskForLink, EnterCode
from organization.people.portal_links import SLOW, Link, address_of

SIGN_IN = "people/sign_in.html"
LINK = "portal/people/link.html"
CODE = "portal/people/code.html"
DEVICE_DAYS = 90
WAIT = "60"
"""Seconds, for Retry-After."""


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@policy(policy.PUBLIC)
def sign_in(request: HttpRequest) -> HttpResponse:
    """With mail address and password, for those who have one; everybody else asks for a link here."""
    data = request.POST if request.method == "POST" else request.GET
    context = {"next": path_of(data.get("next", "/")), "carried": data.get("carried", "")}
    if request.actor and request.method == "GET":
        return HttpResponseRedirect(context["next"])
    form = SignIn(request.POST or None)
    if not form.is_valid():
        return render(request, SIGN_IN, {"form": form, **context}, status=422 if form.is_bound else 200)
    person = authenticate(request, **form.cleaned_data)
    if person is None:
        return refused(request, form, SIGN_IN, context, _("The mail address or the password is not right."))
    login(request, person)
    if context["carried"] and (resumed := resume(request, context["carried"])):
        return resumed
    return HttpResponseRedirect(context["next"])


@require_POST
@policy(policy.SUPPLIER)
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("portal:sign-in"))


@require_http_methods(["GET", "POST"])
@policy(policy.PUBLIC)
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Mail a link to whoever asks, if it is somebody we know; the page says the same if it is not."""
    form = AskForLink(request.POST or None)
    template = "portal/people/ask_for_link.html"
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422 if form.is_bound else 200)
    if links.ask_for(form.cleaned_data["email"], address_of(request)) == SLOW:
        return slow(request, form, template, {})
    return render(request, "portal/people/link_sent.html", {"mailbox": form.cleaned_data["email"]})


@require_GET
@policy(policy.PUBLIC)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What a mailed link shows: whom it was sent to and what it is about, and the one button that goes on."""
    found = links.look(token)
    if found is None:
        return unknown(request)
    if found.is_expired:
        return render(request, "portal/people/expired.html", {"link": found, "token": token}, status=410)
    if found.is_mine:
        return HttpResponseRedirect(goal(found))
    context = {"link": found, "token": token, "is_trusted": links.is_trusted(token, device_of(request))}
    return render(request, LINK, context)


@require_POST
@policy(policy.PUBLIC)
def send_code(request: HttpRequest, token: str) -> HttpResponse:
    found = links.look(token)
    if found is None or found.is_expired:
        return HttpResponseRedirect(reverse("portal:link", args=[token]))
    if links.send_code(token, address_of(request)) == SLOW:
        return slow(request, EnterCode(), CODE, {"link": found, "token": token})
    return HttpResponseRedirect(reverse("portal:link-code", args=[token]))


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@policy(policy.PUBLIC)
def enter_code(request: HttpRequest, token: str) -> HttpResponse:
    """The code opens the session, and this device is trusted from now on."""
    found = links.look(token)
    if found is None or found.is_expired:
        return HttpResponseRedirect(reverse("portal:link", args=[token]))
    form, context = EnterCode(request.POST or None), {"link": found, "token": token}
    if not form.is_valid():
        return render(request, CODE, {"form": form, **context}, status=422 if form.is_bound else 200)
    device = device_of(request) or secrets.token_urlsafe(32)
    person = authenticate(request, link=token, code=form.cleaned_data["code"], device=device)
    if person is None:
        return refused(request, form, CODE, context, _("This is not the code."))
    login(request, person)
    if wants_offer(person):
        request.session[OFFER] = True
    return trusting(HttpResponseRedirect(goal(found)), device)


@require_POST
@policy(policy.PUBLIC)
def enter_by_device(request: HttpRequest, token: str) -> HttpResponse:
    """Go on without a code, in a browser where a code was given lately."""
    found = links.look(token)
    person = authenticate(request, link=token, device=device_of(request)) if found else None
    if found is None or person is None:
        return HttpResponseRedirect(reverse("portal:link", args=[token]))
    login(request, person)
    return HttpResponseRedirect(goal(found))


@require_POST
@policy(policy.PUBLIC)
def renew_link(request: HttpRequest, token: str) -> HttpResponse:
    """The one button of an expired link: a new one to the same mailbox."""
    found = links.look(token)
    if found is None:
        return unknown(request)
    if links.renew(token, address_of(request)) == SLOW:
        return slow(request, AskForLink(), "portal/people/ask_for_link.html", {})
    return render(request, "portal/people/link_sent.html", {"mailbox": found.mailbox})


@require_http_methods(["GET", "POST"])
@policy(policy.SUPPLIER)
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, how the pages look, who else is in."""
    person: Any = request.user
    form = Preferences(request.POST or None, initial={name: getattr(person, name) for name in Preferences.base_fields})
    with answering(request) as answer:
        if form.is_valid():
            people.prefer(person=person, **form.cleaned_data)
            return answer.redirect(reverse("portal:account"), said=_("Your settings are kept."))
    shown = {
        "colleagues": Person.objects.exclude(pk=person.pk).order_by("name"),
    }
    return answer.form(form, "portal/people/account.html", shown)


@require_POST
@policy(policy.SUPPLIER)
def forget_device(request: HttpRequest, pk: int) -> HttpResponse:
    find(TrustedDevice.objects.defer("token_hash"), pk=pk).delete()
    with answering(request) as answer:
        pass
    return answer.redirect(reverse("portal:ways-in"), said=_("This device will be asked for a code again."))


def wants_offer(person: Any) -> bool:
    """Whether to offer a passkey: there is none yet, and none was declined."""
    return person.declined_passkey_at is None and not PortalPasskey.objects.filter(person_id=person.pk).exists()


def goal(found: Link) -> str:
    """Where a link leads."""
    return reverse(f"portal:{found.page}", args=[found.about]) if found.about else "/"


def unknown(request: HttpRequest) -> HttpResponse:
    """A link that never was, or is no more; still no dead end."""
    return render(request, "portal/people/unknown.html", {"form": AskForLink()}, status=404)


def refused(request: HttpRequest, form: Any, template: str, context: dict[str, Any], sentence: str) -> HttpResponse:
    """Not proven: wrong, tried too often, or the code is used up."""
    verdict = getattr(request, "portal_verdict", "")
    if verdict == SLOW:
        return slow(request, form, template, context)
    said = _("This code cannot be used any more. Ask for a new one.") if verdict == "used_up" else sentence
    form.add_error(None, said)
    return render(request, template, {"form": form, **context}, status=422)


def slow(request: HttpRequest, form: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    said = _("Too many tries. Wait a minute, then try again.")
    response = render(request, template, {"form": form, "slow": said, **context}, status=429)
    response["Retry-After"] = WAIT
    return response


def device_name() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_device"


def device_of(request: HttpRequest) -> str:
    return request.COOKIES.get(device_name(), "")


def trusting(response: HttpResponse, device: str) -> HttpResponse:
    """Leave the device's cookie, which alone opens nothing: it goes with a link of the same person."""
    return leaving(response, device_name(), device, seconds=DEVICE_DAYS * 24 * 60 * 60)


def leaving(
    response: HttpResponse, name: str, value: str, *, seconds: int, samesite: Literal["Lax", "Strict"] = "Lax"
) -> HttpResponse:
    """Leave a cookie that no script and no other site can use."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(name, value, max_age=seconds, secure=secure, httponly=True, samesite=samesite)
    return response
