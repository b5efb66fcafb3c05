"""What is ticked where an order is taken apart."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.orders.models import PurchaseOrderLine


class Split(forms.Form):
    """Lines that go to a new order: those ticked, or those needed after a day."""

    taken = forms.TypedMultipleChoiceField(required=False, coerce=int)
    after = forms.DateField(
        required=False,
        label=_("Tick what is needed after"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, lines: list[PurchaseOrderLine], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        self.fields["taken"].choices = [(line.number, str(line.number)) for line in lines]  # type: ignore[attr-defined]

    @property
    def by_date(self) -> bool:
        return self.data.get("do") == "date"

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.by_date:
            after = said.get("after")
            if after is None:
                self.add_error("after", _("Say after which day."))
            said["taken"] = [line.number for line in self.lines if after and line.need_by > after]
        if not self.errors and not 0 < len(said.get("taken", [])) < len(self.lines):
            self.add_error(None, _("Tick the lines that go to a new order; at least one line stays."))
        return said

    @property
    def ticked(self) -> list[int]:
        return self.cleaned_data.get("taken", []) if self.is_bound and hasattr(self, "cleaned_data") else []
