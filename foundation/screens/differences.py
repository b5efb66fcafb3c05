"""What somebody missed, in words: who changed which field from what to what."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from foundation.screens import directory

Rows = list[dict[str, Any]]


def rows(subject: str, difference: Rows) -> Rows:
    """One row a changed field, oldest first: who, when, which field, before, after. Entries without one count too."""
    names = directory.names_of(entry["by"] for entry in difference)
    model = apps.get_model(subject.partition(":")[0])
    found: Rows = []
    for entry in difference:
        who = {"by": names[entry["by"]], "at": entry["at"], "event": words(entry["name"])}
        changes = entry["changes"].items() or [("", ("", ""))]
        found += [{**who, "field": field_label(model, name), "before": b, "after": a} for name, (b, a) in changes]
    return found


def sentence(changes: Rows) -> str:
    if not changes:
        return _("Open it again to see how it stands now.")
    last = changes[-1]
    said = {"who": last["by"], "ago": timesince(last["at"])}
    return _("%(who)s changed it %(ago)s ago. Look at what changed, then decide again.") % said


def field_label(model: Any, name: str) -> str:
    if not name:
        return ""
    try:
        return str(model._meta.get_field(name.removesuffix("_id")).verbose_name).capitalize()
    except FieldDoesNotExist:
        return name.replace("_", " ").capitalize()


def words(event: str) -> str:
    """``procurement.orders.events.OrderIssued`` -> "Order issued"."""
    last = event.rpartition(".")[2]
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in last).strip()
    return spaced.capitalize()
