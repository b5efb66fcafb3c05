"""What an approver types."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.subjects.registry import SubjectLine
from governance.approvals.staffing import Taker
from organization.people.models import Person


class Reason(forms.Form):
    """Why something is rejected or sent back: the requester reads it."""

    comment = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that the requester knows what to change.")},
    )


class Remark(forms.Form):
    comment = forms.CharField(max_length=2000, required=False)


class Split(forms.Form):
    """The lines that are approved, and what becomes of the others."""

    RETURNED, REJECTED = "returned", "rejected"

    keep = forms.MultipleChoiceField(
        label=_("Approve"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Nothing would be left to approve: reject it or send it back as a whole.")},
    )
    others = forms.ChoiceField(choices=[(RETURNED, _("Send them back")), (REJECTED, _("Reject them"))])
    comment = forms.CharField(
        label=_("Why not the others? The requester reads it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the other lines are not approved.")},
    )

    def __init__(self, *args: Any, lines: Iterable[SubjectLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = list(lines)
        self.fields["keep"].choices = [(str(line.number), line.words) for line in self.shown]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "keep" in said and len(said["keep"]) == len(self.shown):
            self.add_error("keep", _("Every line is ticked: approve it as a whole, or untick what you do not approve."))
        return said

    def rows(self) -> list[tuple[SubjectLine, bool]]:
        """Each line, and whether it is ticked."""
        kept = set(self.data.getlist("keep")) if self.is_bound else {str(line.number) for line in self.shown}
        return [(line, str(line.number) in kept) for line in self.shown]

    def said(self) -> dict[str, Any]:
        """As ``decide`` takes it."""
        kept = {int(number) for number in self.cleaned_data["keep"]}
        return {
            "out": sorted({line.number for line in self.shown} - kept),
            "out_returned": self.cleaned_data["others"] == self.RETURNED,
            "comment": self.cleaned_data["comment"],
        }


class Ask(forms.Form):
    """What an approver wants to know first; empty ``whom`` is the requester."""

    text = forms.CharField(
        label=_("What do you want to know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you want to know.")},
    )
    whom = forms.CharField(max_length=254, required=False)

    def clean_whom(self) -> Person | None:
        """By mail address or full name; what two people are called must be an address."""
        said = self.cleaned_data["whom"].strip()
        if not said:
            return None
        mine = Person.objects.filter(kind=Person.INTERNAL, is_active=True)
        found = list((mine.filter(email=said.lower()) or mine.filter(name__iexact=said))[:2])
        if len(found) == 2:
            raise forms.ValidationError(_("More than one colleague is called that: type the mail address."))
        if not found:
            raise forms.ValidationError(_("No colleague has this mail address or name."))
        return found[0]


class Answer(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your answer.")},
    )


class Pass(forms.Form):
    """To whom a task is passed, among those who fill the role there, and why."""

    to = forms.ChoiceField(label=_("To whom?"), error_messages={"required": _("Choose a colleague.")})
    reason = forms.CharField(
        label=_("Why? Your colleague reads it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that your colleague knows what to look at.")},
    )

    def __init__(self, *args: Any, colleagues: Iterable[Taker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(one.person_id), one.name) for one in colleagues]
        self.fields["to"].choices = [("", _("Choose a colleague")), *names]  # type: ignore[attr-defined]

    def clean_to(self) -> Person:
        return Person.objects.get(pk=self.cleaned_data["to"])


class Snooze(forms.Form):
    """For how many hours a task is put out of sight; 0 shows it again."""

    hours = forms.TypedChoiceField(
        coerce=int,
        choices=[(1, _("1 hour")), (4, _("4 hours")), (24, _("1 day")), (72, _("3 days")), (168, _("1 week")), (0, "")],
    )
