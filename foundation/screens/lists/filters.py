"""What a list can be narrowed by. Each filter reads its own parameters, says no to nonsense, and names itself."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.screens import shown
from foundation.screens.finding import possible
from foundation.values.actor import Actor

LONGEST = 200
SHORTEST, RARE = 3, 1_000
"""A trigram needs three signs; a word that more rows have than this is frequent."""
UNREADABLE = ("\x00", "\ufffd")
Label = str | Promise


@dataclass(frozen=True)
class Chip:
    """One thing the list is narrowed by, in words, and the parameters that it stands for."""

    text: str
    drops: tuple[tuple[str, str], ...]


def clean(data: QueryDict, key: str, longest: int = LONGEST) -> str:
    """One parameter as text; a 400 that names it when it cannot be text."""
    value = data.get(key, "").strip()
    if any(sign in value for sign in UNREADABLE):
        raise BadRequest(_("“%(key)s” has a character that cannot be read.") % {"key": key})
    if len(value) > longest:
        raise BadRequest(_("“%(key)s” may have at most %(n)s characters.") % {"key": key, "n": longest})
    return value


@dataclass(frozen=True)
class Search:
    """Words, each of which must stand in one of the fields.

    ``is_indexed`` says that each field has an index on its parts (trigrams). Then a rare word is looked up in each of
    them first: asked for all at once over several tables, the database reads every row. A frequent word is not worth
    that, for its rows are met soon anyway.
    """

    fields: Sequence[str]
    is_indexed: bool = False
    key: str = "q"
    label: Label = field(default_factory=lambda: _("Search"))
    widget: ClassVar[str] = "search"

    def read(self, data: QueryDict) -> str | None:
        return clean(data, self.key) or None

    def narrow(self, queryset: QuerySet, value: str, _actor: Actor) -> QuerySet:
        words = value.split()[:6]
        longest = max(words, key=len, default="")
        if self.is_indexed and (rare := self._rare(queryset, longest)) is not None:
            queryset, words = queryset.filter(pk__in=rare), [word for word in words if word != longest]
        for word in words:
            queryset = queryset.filter(_any(self._parts(word)))
        return queryset

    def _parts(self, word: str) -> list[Q]:
        return [Q(**{f"{name}__icontains": word}) for name in self.fields]

    def _rare(self, queryset: QuerySet, word: str) -> list[int] | None:
        """The keys of the rows that have the word, in whatever scope; None if it is too short or too frequent."""
        if len(word) < SHORTEST:
            return None
        found = [queryset.model._base_manager.filter(part).order_by().values_list("pk") for part in self._parts(word)]
        keys = [pk for (pk,) in found[0].union(*found[1:], all=True)[: RARE + 1]]
        return sorted(set(keys)) if len(keys) <= RARE else None

    def chips(self, value: str, _actor: Actor) -> list[Chip]:
        return [Chip(f"“{value}”", ((self.key, value),))]


@dataclass(frozen=True)
class Choice:
    """One or several of fixed choices: ``Choice("status", _("Status"), OrderState.choices)``."""

    key: str
    label: Label
    choices: Sequence[tuple[str, Label]]
    field: str = ""
    widget: ClassVar[str] = "choice"

    def read(self, data: QueryDict) -> list[str] | None:
        values = [value for value in data.getlist(self.key) if value]
        known = {str(value) for value, _label in self.choices}
        if unknown := [value for value in values if value not in known]:
            said = {"key": self.key, "value": unknown[0][:40], "known": ", ".join(sorted(known))}
            raise BadRequest(_("“%(key)s” cannot be “%(value)s”. Use one of: %(known)s.") % said)
        return values or None

    def narrow(self, queryset: QuerySet, value: list[str], _actor: Actor) -> QuerySet:
        return queryset.filter(**{f"{self.field or self.key}__in": value})

    def options(self, _actor: Actor) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in self.choices]

    def chips(self, value: list[str], actor: Actor) -> list[Chip]:
        labels = dict(self.options(actor))
        return [Chip(f"{self.label}: {labels[one]}", ((self.key, one),)) for one in value]


@dataclass(frozen=True)
class ModelChoice:
    """One of some rows: ``ModelChoice("site", _("Site"), lambda actor: Site.objects.order_by("code"))``.

    Costs one query; more than 300 rows are offered as a search, not as a list.
    """

    key: str
    label: Label
    queryset: Callable[[Actor], QuerySet]
    field: str = ""
    widget: ClassVar[str] = "choice"
    most: ClassVar[int] = 300

    def read(self, data: QueryDict) -> list[str] | None:
        values = [value for value in data.getlist(self.key) if value]
        for value in values:
            if not (value.isascii() and value.isdigit() and possible(int(value) if len(value) < 20 else 2**64)):
                raise BadRequest(_("“%(key)s” is the number of a row.") % {"key": self.key})
        return values or None

    def narrow(self, queryset: QuerySet, value: list[str], _actor: Actor) -> QuerySet:
        return queryset.filter(**{f"{self.field or self.key}__in": [int(one) for one in value]})

    def options(self, actor: Actor) -> list[tuple[str, str]]:
        kept = actor.kept.setdefault("options", {})
        if self.key not in kept:
            kept[self.key] = [(str(row.pk), str(row)) for row in self.queryset(actor)[: self.most]]
        return kept[self.key]

    def chips(self, value: list[str], actor: Actor) -> list[Chip]:
        labels = dict(self.options(actor))
        return [Chip(f"{self.label}: {labels.get(one, one)}", ((self.key, one),)) for one in value]


@dataclass(frozen=True)
class DateRange:
    """From and to, both included: ``?need_by_from=2026-12-01&need_by_to=2026-12-31``."""

    key: str
    label: Label
    field: str = ""
    widget: ClassVar[str] = "dates"

    def read(self, data: QueryDict) -> tuple[date | None, date | None] | None:
        found = day_of(data, f"{self.key}_from"), day_of(data, f"{self.key}_to")
        return found if any(found) else None

    def narrow(self, queryset: QuerySet, value: tuple[date | None, date | None], _actor: Actor) -> QuerySet:
        path, (first, last) = self.field or self.key, value
        if first:
            queryset = queryset.filter(**{f"{path}__gte": first})
        return queryset.filter(**{f"{path}__lte": last}) if last else queryset

    def chips(self, value: tuple[date | None, date | None], _actor: Actor) -> list[Chip]:
        first, last = value
        found = []
        if first:
            text = _("%(what)s from %(day)s") % {"what": self.label, "day": shown.day_text(first)}
            found.append(Chip(text, ((f"{self.key}_from", first.isoformat()),)))
        if last:
            text = _("%(what)s until %(day)s") % {"what": self.label, "day": shown.day_text(last)}
            found.append(Chip(text, ((f"{self.key}_to", last.isoformat()),)))
        return found


@dataclass(frozen=True)
class AsOf:
    """How it stood at the end of one day: ``?on=2026-11-03``. The view asks for the day and brings those rows."""

    key: str
    label: Label
    widget: ClassVar[str] = "day"

    def read(self, data: QueryDict) -> date | None:
        return day_of(data, self.key)

    def narrow(self, queryset: QuerySet, _value: date, _actor: Actor) -> QuerySet:
        return queryset

    def chips(self, value: date, _actor: Actor) -> list[Chip]:
        text = _("%(what)s %(day)s") % {"what": self.label, "day": shown.day_text(value)}
        return [Chip(text, ((self.key, value.isoformat()),))]


@dataclass(frozen=True)
class Flag:
    """On or not asked: ``Flag("late", _("Late"), lambda orders, actor: orders.late(on=today()))``."""

    key: str
    label: Label
    when: Callable[[QuerySet, Actor], QuerySet]
    widget: ClassVar[str] = "flag"

    def read(self, data: QueryDict) -> bool | None:
        value = clean(data, self.key)
        if value not in ("", "1"):
            raise BadRequest(_("“%(key)s” is 1 or absent.") % {"key": self.key})
        return bool(value) or None

    def narrow(self, queryset: QuerySet, _value: bool, actor: Actor) -> QuerySet:
        return self.when(queryset, actor)

    def chips(self, _value: bool, _actor: Actor) -> list[Chip]:
        return [Chip(str(self.label), ((self.key, "1"),))]


Filter = Search | Choice | ModelChoice | DateRange | AsOf | Flag


def day_of(data: QueryDict, key: str) -> date | None:
    text = clean(data, key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRequest(_("“%(key)s” is a day such as 2026-12-04.") % {"key": key}) from None


def _any(parts: Iterable[Q]) -> Q:
    found = Q()
    for part in parts:
        found |= part
    return found
