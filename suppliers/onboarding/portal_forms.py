"""What a supplier fills in about his firm."""

from django.utils.translation import gettext_lazy as _

from organization.parties.forms import PartyFields
from suppliers.banking.forms import AccountFields


class Company(PartyFields):
    """As it should stand with us; somebody there compares it with what does."""

    field_order = ("name", "vat_number", "address", "city", "country", "gln")


class Account(AccountFields):
    """Where he wants to be paid."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, auto_id="id_bank_%s", **more)  # type: ignore[arg-type]
        self.fields["why"].label = _("Why it is new")
