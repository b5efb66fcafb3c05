"""What the forms of a case read: shape, not policy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.resolutions.registry import asks_of
from governance.cases.models import Case
from organization.people.models import Person

CAUSE = "root_cause"
LONG = forms.Textarea(attrs={"rows": 3})


def cause_field(**more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "root-causes"})
    return forms.CharField(max_length=80, label=_("What was the cause?"), widget=widget, **more)


class HandOver(forms.Form):
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("To whom?"), empty_label=_("Choose somebody"))
    reason = forms.CharField(max_length=200, label=_("Why? The next one reads it."))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[person.pk for person in people]).order_by("name")
        self.fields["owner"].choices = [("", _("Choose somebody")), *((person.pk, person.name) for person in people)]


class AskSomebody(forms.Form):
    """To the supplier, when the case names one, or to one of us."""

    OURS, SUPPLIER = "ours", "supplier"
    whom = forms.ChoiceField(label=_("Who is asked?"), widget=forms.RadioSelect)
    text = forms.CharField(max_length=2000, label=_("What do you want to know?"), widget=LONG)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        supplier = _("%(supplier)s, by phone: the clock stands still until they answer") % {"supplier": case.supplier}
        ours = (self.OURS, _("One of us: the clock runs on"))
        self.fields["whom"].choices = [(self.SUPPLIER, supplier), ours] if case.supplier_id else [ours]
        self.fields["whom"].initial = self.SUPPLIER if case.supplier_id else self.OURS


class Note(forms.Form):
    text = forms.CharField(max_length=4000, label=_("Note"), widget=LONG, required=False)
    file = forms.FileField(label=_("Evidence"), required=False, help_text=_("A photo, a delivery note, a mail."))


class Close(forms.Form):
    root_cause = cause_field()


class Reopen(forms.Form):
    reason = forms.CharField(max_length=200, label=_("Why is it not settled after all?"))


class Resolve(forms.Form):
    """One way out of one case: what the resolution asks, and what the cause was."""

    how = forms.CharField(widget=forms.HiddenInput, max_length=40)
    root_cause = cause_field(required=False, help_text=_("Learned from later; the case needs one to be closed."))

    def __init__(self, *args: Any, case: Case, resolution: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{resolution.name}_%s")
        super().__init__(*args, initial={"how": resolution.name, CAUSE: case.root_cause}, **kwargs)
        asked = {}
        for ask in asks_of(resolution):
            if ask.choices is None:
                asked[ask.name] = forms.CharField(
                    max_length=200, label=ask.label, help_text=ask.help, required=ask.required
                )
            else:
                asked[ask.name] = forms.ChoiceField(
                    choices=ask.choices(case), label=ask.label, help_text=ask.help, required=ask.required
                )
        self.asked = list(asked)
        self.fields = {**asked, **self.fields}

    def facts(self) -> dict[str, Any]:
        """What was answered; what was left empty is left to the resolution."""
        return {name: value for name in self.asked if (value := self.cleaned_data[name])}
