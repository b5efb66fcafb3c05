"""Pages that belong to no document: work, search, help, saved views."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation import search as finding
from foundation.screens import policies, work
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.lists.filters import clean
from foundation.screens.models import SavedView
from foundation.screens.policy import policy
from foundation.screens.requests import Request, is_partial

Entry = dict[str, Any]
ROWS = 50
LONGEST_TOPIC = 80


@require_GET
@policy(policy.SIGNED_IN)
def work_page(request: Request) -> HttpResponse:
    """What must I do now. A tab whose source fails says so; the others go on."""
    mine = work.tabs_for(request.actor)
    waiting = work.counts(mine, request.actor)
    asked = clean(request.GET, "tab")
    shown = [tab for tab in mine if not tab.is_rare or waiting[tab.key] != 0 or tab.key == asked]
    tabs: list[Entry] = [{"tab": tab, "count": waiting[tab.key]} for tab in shown]
    chosen = next((entry for entry in tabs if entry["tab"].key == asked), None) if asked else _first_with_work(tabs)
    if asked and chosen is None:
        raise Http404
    rows = chosen["tab"].rows(request.actor, ROWS) if chosen else []
    figures = [{"figure": one, "value": one.value(request.actor)} for one in work.figures_for(request.actor)]
    context = {"tabs": tabs, "chosen": chosen, "rows": rows, "figures": figures}
    partial = is_partial(request) and request.headers.get("HX-Target") == "work"
    return render(request, "work/page.html#work" if partial else "work/page.html", context)


def _first_with_work(tabs: list[Entry]) -> Entry | None:
    return next((entry for entry in tabs if entry["count"]), tabs[0] if tabs else None)


@require_GET
@policy(policy.SIGNED_IN)
def search(request: Request) -> HttpResponse:
    """Find by number or name. A number typed in full opens at once."""
    text = clean(request.GET, "q")
    groups = finding.search(text, request.actor)
    hit = finding.exact(groups, text)
    if is_partial(request):
        return render(request, "search/page.html#hits", {"text": text, "groups": groups, "hit": hit})
    if hit and "list" not in request.GET:
        return HttpResponseRedirect(hit.url)
    return render(request, "search/page.html", {"text": text, "groups": groups, "hit": hit})


@require_GET
@policy(policy.SIGNED_IN)
def help_page(request: Request, topic: str) -> HttpResponse:
    if len(topic) > LONGEST_TOPIC:  # no file has such a name, and some systems say so loudly
        raise Http404
    try:
        name = f"help/{topic}.html"
        get_template(name)
    except TemplateDoesNotExist:
        raise Http404 from None
    whole = "parts/help_drawer.html" if is_partial(request) else "parts/help_page.html"
    return render(request, whole, {"topic": topic, "text": name})


class SaveView(forms.Form):
    """A name for the address of a list."""

    path = forms.CharField(max_length=200, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=60, label=_("Name of the view"))
    is_shared = forms.BooleanField(required=False, label=_("Share it with everybody who sees this list"))

    def clean_path(self) -> str:
        """Only an address of ours that a list can stand at."""
        path = self.cleaned_data["path"]
        try:
            if not path.startswith("//") and policies.policy_of(resolve(path).func):
                return path
        except Resolver404:
            pass
        raise forms.ValidationError(_("This is no list."))

    def clean_query(self) -> str:
        kept = [(name, value) for name, value in parse_qsl(self.cleaned_data["query"].lstrip("?"))]
        return urlencode([(name, value) for name, value in kept if name not in ("view", "after", "before", "export")])


@require_POST
@policy(policy.SIGNED_IN)
def save_view(request: Request) -> HttpResponse:
    """Save the list as it stands; the same name overwrites."""
    form = SaveView(request.POST)
    if not form.is_valid():
        raise BadRequest(" ".join(str(error) for errors in form.errors.values() for error in errors))
    said = form.cleaned_data
    keys = {"owner": str(request.actor), "path": said["path"], "name": said["name"]}
    values = {"query": said["query"], "is_shared": said["is_shared"], "saved_at": now()}
    try:
        with transaction.atomic():
            view, _new = SavedView.objects.update_or_create(**keys, defaults=values)
    except IntegrityError:
        view = SavedView.objects.get(**keys)
    with answering(request) as answer:
        pass
    query = f"{view.query}&" if view.query else ""
    return answer.redirect(f"{view.path}?{query}view=saved-{view.pk}", said=_("The view is saved."))


@require_POST
@policy(policy.SIGNED_IN)
def drop_view(request: Request, pk: int) -> HttpResponse:
    view = find(SavedView.objects.filter(owner=str(request.actor)), pk=pk)
    view.delete()
    with answering(request) as answer:
        pass
    return answer.redirect(view.path, said=_("The view is gone."))
