"""What went wrong, as a page or a fragment: what happened, what is safe, what to do now."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from foundation.door.proofs import FRESH_FOR, ProofNeeded
from foundation.door.refusals import Busy, KeyReused, Stale
from foundation.lifecycles.moves import Refused
from foundation.scopes.permissions import NotYours
from foundation.scopes.verbs import label
from foundation.screens import differences, directory
from foundation.screens.policy import NotAllowed, RoleLacking
from foundation.screens.requests import is_our_own, is_partial, parent, path_of
from foundation.values.portal_roles import MEANS, PortalRole
from foundation.values.reason import Reasoned

API = "/api/"
PROOF_NEEDED = "proof_needed"
AGAIN_IN = 2
"""Seconds after which somebody who met a busy document may try again."""


@dataclass(frozen=True)
class Problem:
    """One answer to a person: a title, sentences, and the way on. The API says the same as problem+json."""

    status: int
    code: str
    title: str
    sentences: list[str] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    """What others changed meanwhile, one row a field."""
    granters: list[str] = field(default_factory=list)
    retry_after: int | None = None
    reference: str = ""


def of(error: Exception) -> Problem | None:
    """The problem that an exception of ours stands for; None for what nobody foresaw."""
    build = next((build for kind, build in BUILDERS.items() if isinstance(error, kind)), None)
    return build(error) if build else None


def refused(error: Refused) -> Problem:
    return Problem(409, "refused", _("This is not possible now."), error.reasons)


def not_yours(error: NotYours) -> Problem:
    return Problem(403, "not_yours", _("You may not do this."), [error.sentence], granters=granters(error.verb))


def not_allowed(error: NotAllowed) -> Problem:
    named = _(" or ").join(f"“{label(verb)}”" for verb in error.verbs)
    sentence = _("Your role lacks the right to %(verbs)s.") % {"verbs": named} if named else _("Your role lacks it.")
    who = sorted({name for verb in error.verbs for name in granters(verb)})
    return Problem(403, "not_allowed", _("You may not see this page."), [sentence], granters=who)


def role_lacking(error: RoleLacking) -> Problem:
    """Who of one's own firm does it, and who there can say that one may, too."""
    means = _(" or ").join(str(MEANS[PortalRole(role)]) for role in error.roles)
    said = [_("Your account is not for this: %(what)s.") % {"what": means}]
    holders = sorted({person for role in error.roles for person in directory.who_holds(error.actor, role)})
    said += [_("In your company it is done by %(names)s.") % {"names": people(holders)}] if holders else []
    if masters := directory.who_holds(error.actor, PortalRole.COMPANY):
        said.append(
            _("If you need it too, ask %(names)s: it takes one press under “Colleagues”.") % {"names": people(masters)}
        )
    else:
        said.append(_("If you need it too, ask your buyer: answer the mail of any order."))
    return Problem(403, "role_lacking", _("You may not see this page."), said)


def people(found: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name} ({mail})" for name, mail in found)


def granters(verb: str) -> list[str]:
    return directory.who_can_grant(verb)


def proof_needed(error: ProofNeeded) -> Problem:
    sentence = _("Nothing was done yet. Prove it with a passkey or a code, then send the same again.")
    return Problem(403, PROOF_NEEDED, _("Show that it is you."), [str(error), sentence])


def stale(error: Stale) -> Problem:
    changes = differences.rows(error.subject, error.difference)
    return Problem(409, "stale", _("This was changed after you opened it."), [differences.sentence(changes)], changes)


def busy(error: Busy) -> Problem:
    return Problem(409, "busy", _("Somebody else is changing this right now."), [str(error)], retry_after=AGAIN_IN)


def key_reused(_error: KeyReused) -> Problem:
    sentence = _("The first request stands. Open the page again to send another one.")
    return Problem(422, "key_reused", _("This form was already sent with other content."), [sentence])


def bad_request(error: BadRequest) -> Problem:
    said = str(error) or _("The address or the form has a part that cannot be read.")
    return Problem(400, "bad_request", _("This request cannot be read."), [said])


def bad_value(error: Reasoned) -> Problem:
    return Problem(400, error.reason.code, _("This cannot be read."), [error.reason.sentence])


def too_large() -> Problem:
    said = _("At most %(n)s MB can be sent at once.") % {"n": settings.LIMIT_BODY_BYTES // 2**20}
    return Problem(413, "too_large", _("This is too large."), [said])


def missing(_error: Http404 | None = None) -> Problem:
    sentence = _("It does not exist, or it lies outside what you may see.")
    return Problem(404, "not_found", _("Nothing is here."), [sentence])


def unavailable(_error: OperationalError | None = None) -> Problem:
    sentence = _("The database does not answer. What you typed is still in your browser: go back and send it again.")
    return Problem(503, "unavailable", _("We are interrupted for a moment."), [sentence], retry_after=30)


def broken() -> Problem:
    sentence = _("Nothing of your last step was stored. The fault is recorded; the reference helps us to find it.")
    return Problem(500, "broken", _("Something broke on our side."), [sentence], reference=secrets.token_hex(4))


BUILDERS: dict[type[Exception], Callable[[Any], Problem]] = {
    Refused: refused,
    NotYours: not_yours,
    NotAllowed: not_allowed,
    RoleLacking: role_lacking,
    ProofNeeded: proof_needed,
    Stale: stale,
    Busy: busy,
    KeyReused: key_reused,
    BadRequest: bad_request,
    Reasoned: bad_value,
    Http404: missing,
    OperationalError: unavailable,
}


def only_sent() -> Problem:
    """Somebody opened the address of a verb, which only takes what a form sends."""
    said = _("A button on a page leads here, not a link. Nothing was done.")
    return Problem(405, "only_sent", _("This address is no page."), [said])


def answer(request: HttpRequest, problem: Problem, *, alone: bool = False, back: str = "") -> HttpResponse:
    """For the API problem+json; for htmx a fragment into the page's ``#problems``; else a page with a way back.

    ``alone`` leaves out the shell, which would ask who is signed in.
    """
    if request.path.startswith(API):
        response: HttpResponse = as_json(problem)
    elif problem.code == PROOF_NEEDED:
        response = directory.ask_to_prove(request)
    elif is_partial(request) or (request.headers.get("HX-Request") and request.method == "POST"):
        response = as_fragment(request, problem)
    else:
        known = not alone and getattr(request, "actor", None) is not None
        template = "problems/page.html" if known else "problems/plain.html"
        context = {"problem": problem, "back": back or way_back(request)}
        whole = render_to_string(template, context, None if alone else request)
        response = HttpResponse(whole, status=problem.status)
    if problem.retry_after:
        response["Retry-After"] = str(problem.retry_after)
    return response


def as_fragment(request: HttpRequest, problem: Problem) -> HttpResponse:
    context = {"problem": problem, "back": way_back(request)}
    response = HttpResponse(render_to_string("parts/problem.html", context), status=problem.status)
    return reswap(retarget(response, "#problems"), "innerHTML")


def as_json(problem: Problem, **more: Any) -> JsonResponse:
    """RFC 9457, with the same words that a page says."""
    body: dict[str, Any] = {
        "type": f"about:problem/{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": " ".join(problem.sentences),
        "code": problem.code,
        "reasons": problem.sentences,
        **more,
    }
    if problem.changes:
        body["changes"] = problem.changes
    if problem.granters:
        body["who_can_grant"] = problem.granters
    if problem.code == PROOF_NEEDED:
        fresh_for = int(FRESH_FOR.total_seconds())
        body["proof"] = {"prove_at": settings.STEP_UP_URL, "with": ["passkey", "code"], "fresh_for_seconds": fresh_for}
    if problem.reference:
        body["reference"] = problem.reference
    response = JsonResponse(body, status=problem.status, content_type="application/problem+json")
    if problem.retry_after:
        response["Retry-After"] = str(problem.retry_after)
    return response


def way_back(request: HttpRequest) -> str:
    """The page that a form was on: as htmx says, else what holds the verb's address, else the start."""
    if here := request.headers.get("HX-Current-URL"):
        return path_of(here)
    return parent(request.path) if request.method == "POST" else "/"


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF check failed: mostly a page that stood open for too long. What was typed is kept.

    It can be sent again from here only if the browser vouches that our own page sent it; otherwise it is shown, for
    the button would finish what another site began.
    """
    ours = is_our_own(request)
    sentences = [_("The page stood open for too long, or the browser forgot its cookies. Nothing was stored.")]
    problem = Problem(403, "forged", _("This form is no longer valid."), sentences)
    if is_partial(request):
        return answer(request, problem)
    typed = kept(request.POST)
    context = {"problem": problem, "typed": typed, "can_resend": ours, "back": way_back(request)}
    return render(request, "problems/forged.html", context, status=403)


def kept(data: QueryDict) -> list[tuple[str, str]]:
    """What somebody typed, without what belongs to the form itself or must not be shown again."""
    skipped = {"csrfmiddlewaretoken", "password"}
    return [(name, value) for name, values in data.lists() if name not in skipped for value in values]
