"""How a person wants to see the product."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from organization.people import actions as people
from organization.people.forms import Preferences


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
