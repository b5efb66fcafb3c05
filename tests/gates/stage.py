"""The back office, and views that do what no view of ours may: to see whether the gates notice."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.timezone import now

from foundation.screens.models import SavedView
from foundation.screens.policy import policy


@policy(policy.SIGNED_IN)
def writes(request: HttpRequest) -> HttpResponse:
    SavedView.objects.create(owner="nobody", path="/", name=request.path, saved_at=now())
    return HttpResponse("read")


@policy(policy.SIGNED_IN)
def bare(request: HttpRequest) -> HttpResponse:
    """A page that shows what was typed as it was typed, and that nobody looked at."""
    size = 100 // len(request.GET.get("n", "n"))
    return HttpResponse(f"<p style='width: {size}px'>{request.GET.get('q', '')}</p>")


urlpatterns = [
    path("stage/writes/", writes),
    path("stage/bare/", bare),
    path("", include("config.urls.internal")),
]
handler404 = "foundation.screens.handlers.missing"
handler500 = "foundation.screens.handlers.broken"
