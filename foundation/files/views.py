"""A file goes out as a download, never as a page of ours."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from foundation.files import actions as files
from foundation.files import queries
from foundation.files.models import StoredFile
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import Request


@require_safe
@policy(policy.SIGNED_IN, policy.SUPPLIER)
def file(request: Request, pk: int) -> HttpResponseBase:
    """A file out of reach does not exist."""
    found = find(StoredFile.objects.all(), pk=pk)
    if not queries.may_open(request.actor, found):
        raise Http404
    return handed_out(found)


def handed_out(found: StoredFile, *, at_once: bool = False) -> HttpResponseBase:
    """The file as a download, for a view that has asked who may. A 404 when its bytes are not on this machine.

    ``at_once``: read within the request, where a body may not be made after its transaction (the portal).
    """
    try:
        content = files.opened(found)
    except FileNotFoundError:
        raise Http404 from None
    if at_once:
        with content:
            response: HttpResponseBase = HttpResponse(content.read(), content_type=found.content_type)
        response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    else:
        response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
