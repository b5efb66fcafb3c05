"""How a file is uploaded, and how its columns are said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from integration.imports.kinds import KINDS, Kind
from integration.imports.models import Import
from integration.imports.values import COMMA, DAY_FIRST, MONTH_FIRST, POINT

SIGNS = [("", _("As the values prove")), (POINT, _("Point: 1,250.5")), (COMMA, _("Comma: 1.250,5"))]
DAYS = [("", _("As the values prove")), (DAY_FIRST, _("Day: 24/12/2026")), (MONTH_FIRST, _("Month: 12/24/2026"))]


class Upload(forms.Form):
    kind = forms.ChoiceField(label=_("What it holds"), choices=[(kind.name, kind.label) for kind in KINDS.values()])
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX with one heading row, at most 20 MB and 20,000 lines."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


class Columns(forms.Form):
    """One choice for each of our columns: which of the file's it is."""

    decimal = forms.ChoiceField(label=_("Decimal sign"), choices=SIGNS, required=False)
    days = forms.ChoiceField(label=_("First in a day with slashes"), choices=DAYS, required=False)

    def __init__(self, data: Any = None, *, kind: Kind, batch: Import) -> None:
        super().__init__(data, initial=batch.signs)
        choices = [("", _("– not in the file –")), *((name, name) for name in batch.header)]
        for column in kind.columns:
            self.fields[f"col_{column.name}"] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column.needed,
                error_messages={"required": _("Say which column of the file it is.")},
                initial=batch.mapping.get(column.name, ""),
                help_text=column.hint,
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith("col_")]

    def said(self) -> dict[str, dict[str, str]]:
        cleaned = self.cleaned_data
        mapping = {name[4:]: theirs for name, theirs in cleaned.items() if name.startswith("col_") and theirs}
        return {"mapping": mapping, "signs": {"decimal": cleaned["decimal"], "days": cleaned["days"]}}
