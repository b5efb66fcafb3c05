"""The step-up: prove again who you are, and the request that wanted it goes on by itself."""

from django.contrib.auth import authenticate
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from foundation.screens import problems, proving
from foundation.screens.policy import policy
from foundation.screens.requests import Request, path_of
from organization.people import factors, throttle
from organization.people.forms import Code, Password
from organization.people.views.signing_in import PROOF, is_proof

PAGE = "people/step_up.html"


def ask_to_prove(request: Request) -> HttpResponse:
    """A request that wants a fresh proof: a dialog on its page, or a page. All that was typed goes with it."""
    response = _ask(request, to=request.get_full_path(), status=403)
    return reswap(retarget(response, "#problems"), "innerHTML") if request.headers.get("HX-Request") else response


@never_cache
@sensitive_post_parameters(f"{PROOF}-code", f"{PROOF}-recovery", f"{PROOF}-password")
@require_http_methods(["GET", "POST"])
@policy(policy.SIGNED_IN)
def step_up(request: Request) -> HttpResponse:
    """Look at the proof, then have the browser send the same POST to where it was going (307 keeps it whole)."""
    to = path_of(request.POST.get(f"{PROOF}-to", "/"))
    if request.method == "GET":
        return _ask(request, to="/")
    me = f"step-up:{request.user.pk}"  # signed in: a whole office behind one address is no crowd of guessers
    if throttle.must_wait(me, me, short=True):
        return _ask(request, to=to, status=429, sentence=_("Too many tries. Wait a minute, then try again."))
    if factors.has_strong(request.user.pk):
        form = Code(request.POST, prefix=PROOF)
        if not form.is_valid() or not is_proof(request, request.user, form):
            sentence = _("That was not right, or the code was used already. Wait for the next one.")
            return _ask(request, to=to, status=422, sentence=sentence)
        proving.note(request.session, strong=True)
    elif password := request.POST.get(f"{PROOF}-password", ""):
        if authenticate(request, email=request.user.email, password=password) is None:
            return _ask(request, to=to, status=422, sentence=_("The password is not right."))
        proving.note(request.session, strong=False)
    if to == "/":
        return HttpResponseRedirect(reverse("organization:security"), status=303)
    return HttpResponseRedirect(to, preserve_request=True)


@require_POST
@policy(policy.SIGNED_IN)
def ask_for_passkey(request: Request) -> HttpResponse:
    """What the browser needs to show one of this person's passkeys."""
    return JsonResponse({"options": factors.passkey_to_show(request.user)})


def _ask(request: Request, *, to: str, status: int = 200, sentence: str = "") -> HttpResponse:
    has = factors.kinds_of(request.user.pk)
    is_enrolled = has["has_passkey"] or has["has_app"]
    context = {
        "to": to,
        "fields": [(name, value) for name, value in problems.kept(request.POST) if not name.startswith(PROOF)],
        "sentence": sentence,
        **has,
        "is_enrolled": is_enrolled,
        "wants_password": not is_enrolled and to.startswith(reverse("organization:security")),
        "form": Code(prefix=PROOF) if is_enrolled else Password(prefix=PROOF),
        "back": problems.way_back(request) if status == 403 else "/",
    }
    template = f"{PAGE}#dialog" if request.headers.get("HX-Request") else PAGE
    return render(request, template, context, status=status)
