"""What the forms of authority read: shape, not policy."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.lifecycles import Refused
from governance.authority import exchange, grid
from governance.authority.facts import USUAL, WORDS
from governance.authority.kinds import KINDS
from governance.authority.models import MatrixRule
from governance.authority.words import COLUMNS, INPUTS, Names
from governance.parameters.forms import moment
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category
from organization.people.models import Person
from organization.sites.models import Site

SPARE = 5
"""Empty rows below the rules of a grid."""
MOST = 3000
"""Rows that are read of one grid, pasted ones among them."""
MONEY: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "min_value": 0}


class Draft(forms.Form):
    """The next version, and what it begins with: ``rules`` after a file or a starter was read."""

    EMPTY, FILE = "empty", "file"

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"), initial=gettext_lazy("Authority matrix"))
    copy_of = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    begin = forms.ChoiceField(
        label=gettext_lazy("Begin with"),
        required=False,
        initial=EMPTY,
        choices=[
            (EMPTY, gettext_lazy("No rules")),
            *exchange.STARTER_NAMES.items(),
            (FILE, gettext_lazy("A file: XLSX, CSV or JSON")),
        ],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("As it is downloaded from a version: one row a rule, codes for places."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.json"}),
    )
    rules: list[dict[str, Any]] | None = None

    def clean(self) -> dict[str, Any]:
        begin, file = self.cleaned_data.get("begin"), self.cleaned_data.get("file")
        if begin == self.FILE and not file and "file" not in self.errors:
            self.add_error("file", _("Choose the file."))
        try:
            if begin == self.FILE and file:
                self.rules = exchange.read(file.name, file.read()).rules
            elif begin in exchange.STARTER_NAMES:
                self.rules = exchange.starter(begin).rules
        except Refused as refused:
            for sentence in refused.reasons:
                self.add_error("file" if begin == self.FILE else None, sentence)
        return self.cleaned_data


class Publish(forms.Form):
    effective_at = moment(
        label=gettext_lazy("In force from"),
        required=False,
        help_text=gettext_lazy("Empty: at once. Until then the version in force decides."),
    )
    seen_all = forms.BooleanField(label=gettext_lazy("I have seen what changes and what the check found."))


class Grid(forms.Form):
    """Rules as texts, row by row: ``number_0``, ``steps_0`` … Rows that are empty or removed are left out."""

    def __init__(self, data: Any = None, *, rows: list[MatrixRule]) -> None:
        super().__init__(data)
        self.names = Names.of(rows)
        self.typed = self._read() if data is not None else grid.shown(rows, self.names)
        self.rules: list[dict[str, Any]] = []

    def _read(self) -> list[grid.Typed]:
        text = self.data.get("rows", "")
        count = min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 7 else 0
        return [
            grid.Typed(
                {name: self._text(f"{name}_{n}") for name in grid.TEXTS},
                is_on=f"is_on_{n}" in self.data,
                was=self._text(f"was_{n}"),
                is_removed=f"remove_{n}" in self.data,
            )
            for n in range(count)
        ]

    def _text(self, name: str) -> str:
        return self.data.get(name, "").replace("\x00", "").strip()[:400]

    def clean(self) -> dict[str, Any]:
        codes = grid.Codes.all()
        for place, typed in enumerate(self.typed, start=1):
            if typed.is_removed or typed.is_empty:
                continue
            self.rules.append(typed.rule(codes))
            for name, sentence in typed.problems:
                said = {"row": typed.texts["number"] or place, "what": COLUMNS[name], "sentence": sentence}
                self.add_error(None, _("Rule %(row)s, %(what)s: %(sentence)s") % said)
            for name, longest in (("forbid", 200), ("note", 200), ("owner", 80)):
                if len(typed.texts[name]) > longest:
                    said = {"row": typed.texts["number"] or place, "what": COLUMNS[name], "n": longest}
                    self.add_error(None, _("Rule %(row)s, %(what)s: at most %(n)s characters.") % said)
        return self.cleaned_data

    def grid(self) -> list[dict[str, Any]]:
        """The rows for the template, spare ones below."""
        spare = [] if self.is_bound else [grid.blank() for _n in range(SPARE)]
        return [
            {
                "n": n,
                "typed": typed,
                "cells": [
                    {
                        "name": name,
                        "value": typed.texts[name],
                        "label": _("%(column)s of row %(n)s") % {"column": str(COLUMNS[name]).capitalize(), "n": n + 1},
                        "is_wrong": name in typed.wrong,
                        "is_figure": name in grid.AMOUNTS,
                        "list": name if name in (*WORDS, *grid.KEYS, "document_kind") else "",
                    }
                    for name in grid.TEXTS
                ],
            }
            for n, typed in enumerate([*self.typed, *spare])
        ]


def _word(name: str) -> forms.ChoiceField:
    choices = [(str(word), str(word).replace("_", " ").capitalize()) for word in WORDS[name]]
    return forms.ChoiceField(choices=choices, label=capfirst(INPUTS[name]), initial=USUAL[name], required=False)


class TryOut(forms.Form):
    """The facts of a document that does not exist."""

    kind = forms.ChoiceField(choices=KINDS.items, label=gettext_lazy("Document"))
    entity = forms.ModelChoiceField(LegalEntity.objects.order_by("code"), label=gettext_lazy("Entity"))
    site = forms.ModelChoiceField(
        Site.objects.order_by("code"), label=gettext_lazy("Site"), required=False, empty_label=gettext_lazy("None")
    )
    category = forms.ModelChoiceField(
        Category.objects.order_by("path"),
        label=gettext_lazy("Category"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    cost_center = forms.ModelChoiceField(
        CostCenter.objects.order_by("code"),
        label=gettext_lazy("Cost center"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    amount = forms.DecimalField(**MONEY, label=gettext_lazy("Amount, in the entity's currency"))
    why_not = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, label=gettext_lazy("Why not rule number …?")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        self.fields |= {name: _word(name) for name in WORDS}
        self.order_fields([*(name for name in self.fields if name != "why_not"), "why_not"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        site, entity = said.get("site"), said.get("entity")
        if site and entity and site.entity_id != entity.pk:
            self.add_error("site", _("%(site)s is not of this entity.") % {"site": site})
        return said

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "entity_id": said["entity"].pk,
            "site_id": said["site"].pk if said["site"] else None,
            "category_ids": [said["category"].pk] if said["category"] else [],
            "cost_center_id": said["cost_center"].pk if said["cost_center"] else None,
            "amount": said["amount"],
            **{name: said[name] or USUAL[name] for name in WORDS},
        }


class Lend(forms.Form):
    giver = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Whose authority?"))
    taker = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Who stands in?"))
    starts_at = moment(label=gettext_lazy("From"))
    ends_at = moment(label=gettext_lazy("Until"))
    kinds = forms.MultipleChoiceField(
        choices=KINDS.items,
        label=gettext_lazy("For what?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing chosen lends all of it."),
    )
    cap = forms.DecimalField(
        **MONEY,
        label=gettext_lazy("Up to which amount?"),
        required=False,
        help_text=gettext_lazy("Empty: as far as the authority itself goes."),
    )
    reason = forms.CharField(max_length=200, label=gettext_lazy("Why? Both read it."))

    despite = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """Set once what the one who stands in could not decide was shown."""

    def __init__(self, *args: Any, me: Person, for_others: bool, at: datetime, **kwargs: Any) -> None:
        now = localtime(at).replace(second=0, microsecond=0, tzinfo=None)
        super().__init__(
            *args, initial={"giver": me.pk, "starts_at": now, "ends_at": now + timedelta(days=7)}, **kwargs
        )
        ours = Person.objects.filter(kind=Person.INTERNAL, is_active=True).order_by("name", "pk")
        self.me = me
        givers = ours if for_others else ours.filter(Q(pk=me.pk) | Q(manager=me))
        self.fields["giver"].queryset = givers
        is_alone = not for_others and len(givers) < 2
        self.fields["taker"].queryset = ours.exclude(pk=me.pk) if is_alone else ours
        if is_alone:
            del self.fields["giver"]
        self.fields["cap"].widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def given(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name != "despite"}
        return {"giver": self.me, **said}
