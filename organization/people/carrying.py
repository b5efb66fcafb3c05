"""What was typed when a session ended, carried through signing in again."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.screens import problems

CARRIED = "countersign.carried"
CARRIED_FOR = 60 * 60
LARGEST_CARRIED = 500_000


def carry(request: HttpRequest) -> str:
    """The form that was on its way, signed; empty if it is too large to go through a page."""
    fields = problems.kept(request.POST)
    carried = signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=CARRIED, compress=True)
    return carried if len(carried) <= LARGEST_CARRIED else ""


def resume(request: HttpRequest, carried: str) -> HttpResponse | None:
    """The form that was on its way, ready to be sent again by one press."""
    try:
        kept = signing.loads(carried, salt=CARRIED, max_age=CARRIED_FOR)
    except signing.BadSignature:
        return None
    return render(request, "people/resume.html", {"path": kept["path"], "fields": kept["fields"]})
