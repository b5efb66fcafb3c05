"""What is typed in a dispute, on both sides. Shape only: what may be said, the actions know."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from suppliers.disputes import settlements
from suppliers.disputes.models import LONGEST
from suppliers.disputes.settlements import AMOUNT, DAY
from suppliers.documents.forms import TAKEN

LONG = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})


class Reply(forms.Form):
    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=LONG)
    file = forms.FileField(
        label=_("File or photo"), required=False, widget=forms.ClearableFileInput(attrs={"accept": TAKEN})
    )


class Propose(forms.Form):
    settlement = forms.ChoiceField(label=_("How should it be settled?"), widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("Amount of the credit"), max_digits=14, decimal_places=2, required=False, min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 10}),
    )  # fmt: skip
    day = forms.DateField(
        label=_("Day of the delivery"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    text = forms.CharField(label=_("Why so"), max_length=LONGEST, widget=LONG, required=False)

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.ways = settlements.settlements_for(kind)
        self.fields["settlement"].choices = [(way.name, f"{way.label}. {way.effect}") for way in self.ways]
        for name in (AMOUNT, DAY):
            if name not in {way.asks for way in self.ways}:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        way = next((way for way in self.ways if way.name == said.get("settlement")), None)
        if way and way.asks and not said.get(way.asks) and way.asks not in self.errors:
            wanted = _("Give the amount of the credit, like 12.50.") if way.asks == AMOUNT else _("Give the day.")
            self.add_error(way.asks, wanted)
        for name in (AMOUNT, DAY):
            if way and name in said and name != way.asks:
                said[name] = None
        return said


class Refuse(forms.Form):
    text = forms.CharField(label=_("Why not"), max_length=LONGEST, widget=LONG)


class ShowFiles(forms.Form):
    """Which files of ours the supplier may see."""

    files = forms.MultipleChoiceField(label=_("Show to the supplier"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, candidates: list[Any], chosen: set[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["files"].choices = [(str(file.pk), file.name) for file in candidates]
        self.fields["files"].initial = [str(pk) for pk in chosen]
