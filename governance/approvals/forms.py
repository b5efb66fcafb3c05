"""What an approver types."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
