"""Customers: a party and how it is served; served from at once unless the file says otherwise."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import AS_IT_IS
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from fulfillment.customers import actions as customers
from fulfillment.customers.actions import SERVICE
from fulfillment.customers.models import Customer
from integration.imports.columns import CHANGED, FLAG, NEW, UNCHANGED, WHOLE, Column, Piece, kept
from integration.imports.kinds.base import Kind, Undone, Writing, needed
from integration.imports.traces import traces
from organization.parties.models import KNOWN_BY

GLN_DIGITS = 13


class Customers(Kind):
    name, label, one = "customers", gettext_lazy("Customers"), gettext_lazy("customer")
    verbs = ("edit_customer",)
    key = ("number",)
    columns = (
        Column(
            "number", gettext_lazy("Number"), needed=True, longest=20, also=("customer", "customer number", "debtor")
        ),
        Column("name", gettext_lazy("Name"), longest=200, also=("customer name", "company")),
        Column("country", gettext_lazy("Country"), longest=2, hint=gettext_lazy("Two letters, such as NL.")),
        Column("city", gettext_lazy("City"), longest=100, also=("town", "place")),
        Column("address", gettext_lazy("Address"), longest=300, also=("street",)),
        Column("vat_number", gettext_lazy("VAT number"), longest=20, also=("vat", "vat id", "tax number")),
        Column("gln", gettext_lazy("GLN"), longest=GLN_DIGITS),
        Column("priority", gettext_lazy("Priority"), WHOLE, hint=gettext_lazy("1 is served first, 9 last.")),
        Column("takes_partial", gettext_lazy("Takes parts"), FLAG, also=("partial", "partial deliveries")),
        Column("is_active", gettext_lazy("Served"), FLAG, also=("active",), hint=gettext_lazy("Empty leaves it.")),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        rows = Customer.objects.select_related("party").filter(number__in={piece.row["number"] for piece in pieces})
        known = {row.number: row for row in rows}
        for piece in pieces:
            piece.found = known.get(piece.row["number"])

    def judge(self, piece: Piece, by: Actor) -> None:
        row, customer = piece.row, piece.found
        self._check(piece)
        given = {name: row[name] for name in (*KNOWN_BY, *SERVICE) if row[name] is not None}
        if customer is None:
            needed(row, self, ("name", "country"))
            piece.effect, piece.plan = NEW, given
            return
        piece.subject = customer.subject
        was = {name: _of(customer, name) for name in given}
        piece.plan = {name: value for name, value in given.items() if was[name] != value}
        piece.before = {name: kept(was[name]) for name in piece.plan}
        piece.effect = CHANGED if piece.plan else UNCHANGED

    def _check(self, piece: Piece) -> None:
        row = piece.row
        if row["country"] is not None:
            row.values["country"] = row["country"].upper()
            if len(row["country"]) != 2 or not row["country"].isalpha() or not row["country"].isascii():
                row.object(_("%(column)s: write %(n)s letters.") % {"column": self.column("country").label, "n": 2})
        if row["gln"] and not (row["gln"].isdigit() and len(row["gln"]) == GLN_DIGITS):
            row.object(_("GLN: write 13 digits."))
        if row["priority"] is not None and not 1 <= row["priority"] <= 9:
            row.object(_("Priority: write 1 to 9."))

    def write(self, piece: Piece, writing: Writing) -> None:
        said: dict[str, Any] = {"by": writing.by, "at": writing.at, "key": writing.key(piece)}
        if piece.effect == CHANGED:
            customers.change(customer=piece.found, values=piece.plan, seen=piece.found.version, **said)
            return
        made = customers.enter(
            number=piece.row["number"],
            party={name: piece.plan[name] for name in KNOWN_BY if name in piece.plan},
            service={name: piece.plan[name] for name in SERVICE if name in piece.plan},
            **said,
        )
        piece.subject = made.subject

    def undo(self, customer: Customer, piece: Undone, writing: Writing, key: str) -> None:
        """A new one is not served any more; a known one is as it was."""
        if piece.effect == NEW and (where := traces(customer)):
            raise Refused(_("%(what)s is in use: %(where)s.") % {"what": customer, "where": ", ".join(where)})
        back = {"is_active": False} if piece.effect == NEW else self.restored(piece.before)
        customers.change(customer=customer, values=back, by=writing.by, at=writing.at, seen=AS_IT_IS, key=key)


def _of(customer: Customer, name: str) -> Any:
    return getattr(customer if name in SERVICE else customer.party, name)
