"""Suppliers: a party, its terms, somebody to write to; ordered from at once unless the file says otherwise."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import AS_IT_IS
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from integration.imports.columns import (
    CHANGED,
    CHOICE,
    NEW,
    NUMBER,
    UNCHANGED,
    WHOLE,
    Column,
    Piece,
    kept,
)
from integration.imports.kinds.base import Kind, Undone, Writing, needed
from integration.imports.traces import traces
from organization.parties.models import KNOWN_BY
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers.lifecycle import SupplierState
from suppliers.suppliers.models import Channel, Contact, Risk, Supplier

TERMS = (
    *("currency", "payment_terms", "incoterm", "channel", "risk", "lead_time_days", "confirms_within_hours"),
    *("quantity_percent", "price_percent"),
)
HUNDRED = Decimal(100)


class Suppliers(Kind):
    name, label, one = "suppliers", gettext_lazy("Suppliers"), gettext_lazy("supplier")
    verbs = ("edit_supplier",)
    key = ("number",)
    columns = (
        Column("number", gettext_lazy("Number"), needed=True, longest=20, also=("supplier", "accountnumber", "vendor")),
        Column("name", gettext_lazy("Name"), longest=200, also=("supplier name", "vendor name", "company")),
        Column("country", gettext_lazy("Country"), longest=2, hint=gettext_lazy("Two letters, such as NL.")),
        Column("currency", gettext_lazy("Currency"), longest=3, hint=gettext_lazy("Three letters, such as EUR.")),
        Column("city", gettext_lazy("City"), longest=100, also=("town", "place")),
        Column("address", gettext_lazy("Address"), longest=300, also=("street",)),
        Column("vat_number", gettext_lazy("VAT number"), longest=20, also=("vat", "vat id", "tax number")),
        Column("gln", gettext_lazy("GLN"), longest=13),
        Column("payment_terms", gettext_lazy("Payment terms"), longest=40, also=("terms",)),
        Column("incoterm", gettext_lazy("Incoterm"), longest=3, also=("incoterms",)),
        Column("channel", gettext_lazy("Orders by"), CHOICE, choices=tuple(Channel.values)),
        Column("risk", gettext_lazy("Risk"), CHOICE, choices=tuple(Risk.values)),
        Column("lead_time_days", gettext_lazy("Lead time, days"), WHOLE, also=("lead time",)),
        Column("confirms_within_hours", gettext_lazy("Confirms within hours"), WHOLE),
        Column("quantity_percent", gettext_lazy("Quantity tolerance, percent"), NUMBER),
        Column("price_percent", gettext_lazy("Price tolerance, percent"), NUMBER),
        Column("contact_name", gettext_lazy("Contact"), longest=120, also=("contact name",)),
        Column("contact_email", gettext_lazy("Contact mail"), longest=200, also=("email", "mail", "e-mail")),
        Column(
            "state",
            gettext_lazy("State"),
            CHOICE,
            choices=("active", "inactive"),
            also=("status",),
            hint=gettext_lazy("Empty leaves a known supplier as it is, and makes a new one active."),
        ),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        rows = Supplier.objects.select_related("party").prefetch_related("contacts")
        known = {row.number: row for row in rows.filter(number__in={piece.row["number"] for piece in pieces})}
        for piece in pieces:
            piece.found = known.get(piece.row["number"])

    def judge(self, piece: Piece, by: Actor) -> None:
        row, supplier = piece.row, piece.found
        self._check(piece)
        if supplier is None:
            needed(row, self, ("name", "country", "currency"))
            piece.effect = NEW
            return
        piece.subject = supplier.subject
        party = {name: row[name] for name in KNOWN_BY if row[name] not in (None, getattr(supplier.party, name))}
        terms = {name: row[name] for name in TERMS if row[name] not in (None, getattr(supplier, name))}
        known = {contact.email.lower() for contact in supplier.contacts.all()}
        mail = row["contact_email"] if row["contact_email"] and row["contact_email"].lower() not in known else None
        state = self._step(row["state"], supplier)
        piece.plan = {"party": party, "terms": terms, "contact": mail, "state": state}
        was: dict[str, Any] = {name: getattr(supplier.party, name) for name in party}
        was |= {name: kept(getattr(supplier, name)) for name in terms}
        piece.before = was | ({"contact_email": mail} if mail else {}) | ({"state": supplier.status} if state else {})
        piece.effect = CHANGED if any(piece.plan.values()) else UNCHANGED

    def _check(self, piece: Piece) -> None:
        row = piece.row
        for name, length in (("country", 2), ("currency", 3), ("incoterm", 3)):
            if row[name] is not None:
                row.values[name] = row[name].upper()
                if len(row[name]) != length or not row[name].isalpha() or not row[name].isascii():
                    said = {"column": self.column(name).label, "n": length}
                    row.object(_("%(column)s: write %(n)s letters.") % said)
        if row["contact_email"] and ("@" not in row["contact_email"].strip("@") or " " in row["contact_email"]):
            row.object(_("“%(text)s” is no mail address.") % {"text": row["contact_email"]})
        for name in ("quantity_percent", "price_percent"):
            if row[name] is not None and row[name] > HUNDRED:
                row.object(_("%(column)s: at most 100.") % {"column": self.column(name).label})

    @staticmethod
    def _step(wanted: str | None, supplier: Supplier) -> str | None:
        if wanted == "inactive" and supplier.status != SupplierState.INACTIVE:
            return "retire"
        idle = (SupplierState.INACTIVE, SupplierState.PROSPECT)
        return "take up" if wanted == "active" and supplier.status in idle else None

    def write(self, piece: Piece, writing: Writing) -> None:
        if piece.effect == NEW:
            self._enroll(piece, writing)
            return
        supplier, plan = piece.found, piece.plan
        said: dict[str, Any] = {"by": writing.by, "at": writing.at, "seen": AS_IT_IS, "key": writing.key(piece)}
        if plan["party"]:
            supplier = suppliers.rename(supplier=supplier, party=plan["party"], **said)
        if plan["terms"]:
            supplier = suppliers.change_terms(supplier=supplier, terms=plan["terms"], **said)
        if plan["contact"]:
            supplier = suppliers.add_contact(supplier=supplier, contact=self._contact(piece), **said)
        if plan["state"] == "retire":
            suppliers.retire(supplier=supplier, reason=_("The import says it is inactive."), **said)
        elif plan["state"]:
            suppliers.take_up(supplier=supplier, **said)

    def _enroll(self, piece: Piece, writing: Writing) -> None:
        row = piece.row
        supplier = suppliers.enroll(
            number=row["number"],
            party={name: row[name] for name in KNOWN_BY if row[name] is not None},
            terms={name: row[name] for name in TERMS if row[name] is not None},
            contact=self._contact(piece) if row["contact_email"] else None,
            is_active=row["state"] != "inactive",
            by=writing.by,
            at=writing.at,
            key=writing.key(piece),
        )
        piece.subject = supplier.subject

    @staticmethod
    def _contact(piece: Piece) -> dict[str, str]:
        mail = piece.row["contact_email"]
        return {"name": piece.row.get("contact_name", mail), "email": mail, "phone": "", "purpose": "orders"}

    def undo(self, supplier: Supplier, piece: Undone, writing: Writing, key: str) -> None:
        said: dict[str, Any] = {"by": writing.by, "at": writing.at, "seen": AS_IT_IS, "key": key}
        why = _("Its import was undone.")
        if piece.effect == NEW:
            if where := traces(supplier, parts=[Contact]):
                raise Refused(_("%(what)s is in use: %(where)s.") % {"what": supplier, "where": ", ".join(where)})
            if supplier.status != SupplierState.INACTIVE:
                suppliers.retire(supplier=supplier, reason=why, **said)
            return
        before = dict(piece.before or {})
        state, mail = before.pop("state", None), before.pop("contact_email", None)
        back = self.restored(before)
        if party := {name: value for name, value in back.items() if name in KNOWN_BY}:
            supplier = suppliers.rename(supplier=supplier, party=party, **said)
        if terms := {name: value for name, value in back.items() if name in TERMS}:
            supplier = suppliers.change_terms(supplier=supplier, terms=terms, **said)
        if contact := supplier.contacts.filter(email=mail).first():
            supplier = suppliers.remove_contact(supplier=supplier, contact_id=contact.pk, **said)
        if state == SupplierState.INACTIVE:
            suppliers.retire(supplier=supplier, reason=why, **said)
        elif state is not None and supplier.status == SupplierState.INACTIVE:
            suppliers.take_up(supplier=supplier, **said)
