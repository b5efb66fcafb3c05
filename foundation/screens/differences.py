"""What changed, in words: which field, from what to what, by whom."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation.screens import directory, shown
from foundation.values.exact import half_up, plain

Rows = list[dict[str, Any]]
COUNTERS = ("_count",)
"""Figures that follow from other rows: the event itself says what happened."""
AMOUNTS = ("amount", "stake")
ZERO = re.compile(r"0(\.0+)?")


def rows(subject: str, difference: Rows) -> Rows:
    """One row a changed field, oldest first: who, when, which field, before, after. Entries without one count too."""
    names = directory.names_of(entry["by"] for entry in difference)
    found: Rows = []
    for entry in difference:
        who = {"by": names[entry["by"]], "at": entry["at"], "event": words(entry["name"])}
        changes = changed(subject, entry["changes"]) or [{"field": "", "before": "", "after": ""}]
        found += [{**who, **change} for change in changes]
    return found


def changed(subject: str, changes: dict[str, list[Any]]) -> Rows:
    """The changes of an entry that mean something to a person: no keys of other rows, no lists and tables."""
    model: Any = apps.get_model(subject.partition(":")[0])
    found = []
    for name, (before, after) in changes.items():
        field = field_of(model, name)
        if isinstance(field, ForeignKey) or isinstance(before, list | dict) or isinstance(after, list | dict):
            continue
        if name.endswith(COUNTERS):
            continue
        label = str(field.verbose_name if field else name.replace("_", " ")).capitalize()
        found.append(
            {"field": label, "before": "" if _is_zero(before) else say(field, before), "after": say(field, after)}
        )
    return found


def _is_zero(value: Any) -> bool:
    """Nothing yet: "0" struck out beside every first amount says nothing."""
    return isinstance(value, int | str) and not isinstance(value, bool) and bool(ZERO.fullmatch(str(value)))


def field_of(model: Any, name: str) -> Field | None:
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def say(field: Field | None, value: Any) -> str:
    """A value of the journal as a page writes it."""
    if value is None or value == "":
        return ""
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    kind = field.get_internal_type() if field is not None else ""
    try:
        match kind:
            case "DateTimeField":
                return _instant(datetime.fromisoformat(str(value)))
            case "DateField":
                return shown.day_text(date.fromisoformat(str(value)[:10]))
            case "DecimalField":
                exact = Decimal(str(value))
                return (
                    plain(half_up(exact, 2), 2) if field is not None and field.name.endswith(AMOUNTS) else plain(exact)
                )
            case "BooleanField":
                return _("Yes") if value else _("No")
    except (ValueError, ArithmeticError):
        pass
    return str(value)


def _instant(at: datetime) -> str:
    local = localtime(at)
    return f"{shown.day_text(local.date())}, {local:%H:%M}"


def sentence(changes: Rows) -> str:
    if not changes:
        return _("Open it again to see how it stands now.")
    last = changes[-1]
    said = {"who": last["by"], "ago": timesince(last["at"])}
    return _("%(who)s changed it %(ago)s ago. Look at what changed, then decide again.") % said


def words(event: str) -> str:
    """``procurement.orders.events.OrderIssued`` -> "Order issued"."""
    last = event.rpartition(".")[2]
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in last).strip()
    return spaced.capitalize()
