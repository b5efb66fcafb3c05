"""Signing in and out: whose account, then a passkey, the company's own sign-in, or a password and a code."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.lifecycles import Refused
from foundation.screens import problems, proving
from foundation.screens.policy import policy
from foundation.screens.requests import Request, path_of
from organization.people import actions as people
from organization.people import factors, sso, throttle
from organization.people.carrying import carry, resume
from organization.people.forms import Code, SignIn, Who
from organization.people.models import Person
from organization.people.passkeys import OFFER
from organization.people.sessions import DEVICE

HALFWAY = "halfway"
HALFWAY_FOR = timedelta(minutes=10)
"""Between the password and the code."""
PROOF = "step_up"
"""Before the names of a proof's fields, which travel with those of the request that waits for it."""
PAGE, CODE = "people/sign_in.html", "people/sign_in_code.html"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@policy(policy.PUBLIC)
def sign_in(request: Request) -> HttpResponse:
    """One page for everybody; what was typed before the session ended comes back after it."""
    if request.actor and request.method == "GET":
        return HttpResponseRedirect(_next(request))
    if request.method == "GET" or "password" not in request.POST:
        return _whose(request)
    form = SignIn(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if _must_wait(request, form.cleaned_data["email"]):
        return _wait(request, form)
    person: Any = authenticate(request, **form.cleaned_data)
    if person is None:
        form.add_error(None, _("The mail address or the password is not right."))
        return _page(request, form, status=422)
    if not factors.has_strong(person.pk):
        return _welcome(request, person, strong=False)
    request.session.cycle_key()
    request.session[HALFWAY] = {"person": person.pk, "at": now().isoformat()}
    return _page(request, Code(prefix=PROOF), template=CODE, **factors.kinds_of(person.pk))


def _whose(request: Request) -> HttpResponse:
    """The first step, or the second: which one follows says nothing about whether the account exists."""
    form = Who(request.POST or None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    second = SignIn(initial={"email": email})
    if not sso.is_for(email):
        return _page(request, second)
    try:
        there = sso.leave(request, email=email, to=_next(request))
    except sso.Unreachable:
        return _page(request, second, sso_is_away=True)
    # a page, not a redirect: our forms may lead nowhere but to ourselves (CSP form-action)
    return render(request, "people/sso.html", {"address": there["Location"], "name": _sso_name()})


@require_POST
@policy(policy.PUBLIC)
def ask_for_passkey(request: Request) -> HttpResponse:
    """What the browser needs to find a passkey of ours; asked of everybody alike."""
    return JsonResponse({"options": factors.passkey_to_show()})


@require_POST
@policy(policy.PUBLIC)
def with_passkey(request: Request) -> HttpResponse:
    """A passkey says who it is and proves it: one press, no mail address, no password."""
    form, shown = Who(), request.POST.get("credential", "")
    if _must_wait(request, shown):
        return _wait(request, form)
    person = factors.shown_by(shown)
    if person is None:
        return _page(request, form, status=422, sentence=_("The passkey did not open anything here. Try another way."))
    return _welcome(request, person, strong=True)


@sensitive_post_parameters(f"{PROOF}-code", f"{PROOF}-recovery")
@require_POST
@policy(policy.PUBLIC)
def with_code(request: Request) -> HttpResponse:
    """After the password, for whoever has something to prove himself with: a code, a passkey, a recovery code."""
    person = _halfway(request)
    form = Code(request.POST, prefix=PROOF)
    if person is None:
        return _page(request, Who(), status=422, sentence=_("That took too long. Begin again."))
    if throttle.must_wait(f"code:{person.pk}", request.META["REMOTE_ADDR"], short=True):
        return _wait(request, form, template=CODE, **factors.kinds_of(person.pk))
    if not form.is_valid() or not is_proof(request, person, form):
        form.add_error(None, _("The code is not right, or it was used already. Wait for the next one."))
        return _page(request, form, template=CODE, status=422, **factors.kinds_of(person.pk))
    return _welcome(request, person, strong=True)


@require_GET
@policy(policy.PUBLIC)
def from_sso(request: Request) -> HttpResponse:
    """Back from the identity provider, which says who it was."""
    if not settings.OIDC_ISSUER:
        return HttpResponseRedirect(reverse("organization:sign-in"))
    try:
        person, to = sso.come_back(request)
    except sso.Unreachable:
        sentence = _("%(name)s did not work. Try again, or use your password.") % {"name": _sso_name()}
        return _page(request, Who(), status=400, sentence=sentence)
    except sso.NotKnown:
        sentence = _("%(name)s knows you, but you have no account here. Ask who grants roles.") % {"name": _sso_name()}
        return _page(request, Who(), status=403, sentence=sentence)
    return _welcome(request, person, strong=False, to=to, offers=False)


def is_proof(request: Request, person: Person, form: Code) -> bool:
    """Whether the form brings what only this person has: a passkey, a code of the app, a recovery code."""
    if credential := form.cleaned_data["credential"]:
        return factors.is_passkey(person, credential)
    if code := form.cleaned_data["code"]:
        return factors.is_code(person.pk, code)
    if recovery := form.cleaned_data["recovery"]:
        said = {"person": person, "code": recovery, "by": person.actor, "at": now(), "key": uuid.uuid4().hex}
        try:
            people.use_recovery_code(**said)
        except Refused:
            return False
        return True
    return False


def _welcome(request: Request, person: Person, *, strong: bool, to: str = "", offers: bool = True) -> HttpResponse:
    """A session of the person's, then where he wanted to go, or what he had typed."""
    carried = request.POST.get("carried", "")
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.pop(HALFWAY, None)
    request.session[DEVICE] = request.headers.get("User-Agent", "")
    proving.note(request.session, strong=strong)
    if offers and not strong and person.declined_passkey_at is None:
        request.session[OFFER] = True
    if carried and (resumed := resume(request, carried)):
        return resumed
    return HttpResponseRedirect(to or _next(request), status=303)


def _halfway(request: Request) -> Person | None:
    """Who gave the right password a moment ago in this session."""
    half = request.session.get(HALFWAY) or {}
    since = parse_datetime(half.get("at", "")) if half else None
    if since is None or now() - since > HALFWAY_FOR:
        return None
    return Person.objects.filter(pk=half["person"], is_active=True, kind=Person.INTERNAL).first()


def _must_wait(request: Request, who: str) -> bool:
    return throttle.must_wait(who, request.META["REMOTE_ADDR"])


def _wait(request: Request, form: BaseForm, template: str = PAGE, **more: Any) -> HttpResponse:
    sentence = _("Too many tries. Wait a minute, then try again.")
    response = _page(request, form, status=429, sentence=sentence, template=template, **more)
    response["Retry-After"] = str(throttle.WINDOW)
    return response


def _page(
    request: Request, form: BaseForm, *, status: int = 200, sentence: str = "", template: str = PAGE, **more: Any
) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    context = {"form": form, "sentence": sentence, "next": _next(request), "carried": data.get("carried", ""), **more}
    return render(request, template, context, status=status)


def _next(request: Request) -> str:
    data = request.POST if request.method == "POST" else request.GET
    return path_of(data.get("next", "/"))


def _sso_name() -> str:
    name: str = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["name"]
    return name


def ask_to_sign_in(request: Request) -> HttpResponse:
    """A POST whose session has ended: sign in here, and what was typed is sent after that."""
    context = {"form": SignIn(), "next": problems.way_back(request), "carried": carry(request), "has_ended": True}
    return render(request, PAGE, context, status=401)


@require_POST
@policy(policy.SIGNED_IN)
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("organization:sign-in"), status=303)


@require_POST
@policy(policy.SIGNED_IN)
def decline_passkey(request: Request) -> HttpResponse:
    """Not now: nobody asks again."""
    people.decline_passkey(person=request.user, at=now())
    request.session.pop(OFFER, None)
    messages.success(request, _("Your passkeys are under “My security” in your menu."))
    return HttpResponseRedirect(path_of(request.POST.get("next", "/")), status=303)
