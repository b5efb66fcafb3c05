"""Signing in and out, and a person's own settings."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from foundation.screens import problems
from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request, path_of
from organization.people import actions as people
from organization.people import throttle
from organization.people.forms import Preferences, SignIn

CARRIED = "countersign.carried"
CARRIED_FOR = 60 * 60
LARGEST_CARRIED = 500_000


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@policy(policy.PUBLIC)
def sign_in(request: Request) -> HttpResponse:
    """One page for everybody; what was typed before the session ended comes back after it."""
    data: Any = request.POST if request.method == "POST" else request.GET
    context = {"next": path_of(data.get("next", "/")), "carried": data.get("carried", "")}
    if request.actor and request.method == "GET":
        return HttpResponseRedirect(context["next"])
    form = SignIn(request.POST or None)
    if not form.is_valid():
        return render(request, "people/sign_in.html", {"form": form, **context}, status=422 if form.is_bound else 200)
    if throttle.must_wait(form.cleaned_data["email"], request.META["REMOTE_ADDR"]):
        form.add_error(None, _("Too many tries. Wait a minute, then try again."))
        response = render(request, "people/sign_in.html", {"form": form, **context}, status=429)
        response["Retry-After"] = str(throttle.WINDOW)
        return response
    person = authenticate(request, **form.cleaned_data)
    if person is None:
        form.add_error(None, _("The mail address or the password is not right."))
        return render(request, "people/sign_in.html", {"form": form, **context}, status=422)
    login(request, person)
    if context["carried"] and (resumed := resume(request, context["carried"])):
        return resumed
    return HttpResponseRedirect(context["next"], status=303)


def ask_to_sign_in(request: Request) -> HttpResponse:
    """A POST whose session has ended: sign in here, and what was typed is sent after that."""
    fields = problems.kept(request.POST)
    carried = signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=CARRIED, compress=True)
    if len(carried) > LARGEST_CARRIED:
        carried = ""
    context = {"form": SignIn(), "next": problems.way_back(request), "carried": carried, "has_ended": True}
    return render(request, "people/sign_in.html", context, status=401)


def resume(request: Request, carried: str) -> HttpResponse | None:
    """The form that was on its way, ready to be sent again by one press."""
    try:
        kept = signing.loads(carried, salt=CARRIED, max_age=CARRIED_FOR)
    except signing.BadSignature:
        return None
    return render(request, "people/resume.html", {"path": kept["path"], "fields": kept["fields"]})


@require_POST
@policy(policy.SIGNED_IN)
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("organization:sign-in"), status=303)


@require_http_methods(["GET", "POST"])
@policy(policy.SIGNED_IN)
def preferences(request: Request) -> HttpResponse:
    """Colors, density, language, time zone, shortcuts."""
    person = request.user
    now = {name: getattr(person, name) for name in Preferences.base_fields}
    form = Preferences(request.POST or None, initial=now)
    with answering(request) as answer:
        if form.is_valid():
            people.prefer(person=person, **form.cleaned_data)
            return answer.redirect(reverse("organization:preferences"), said=_("Your settings are kept."))
    return answer.form(form, "people/preferences.html")
