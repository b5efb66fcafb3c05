"""Take in what a supplier says of his firm; take it over field by field; propose that two suppliers are one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.documents import rows
from foundation.door import deciding, opening, verb
from foundation.door.door import AS_IT_IS
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import SUPPLIER, Actor
from organization.parties.models import KNOWN_BY
from suppliers.onboarding import checks, duplicates
from suppliers.onboarding.events import CompanySaid, CompanyTaken, MergeProposed
from suppliers.onboarding.lifecycle import CompanyState
from suppliers.onboarding.models import CompanyData
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers.asking import ask
from suppliers.suppliers.models import Supplier

FIELDS = {
    "name": gettext_lazy("Name"),
    "country": gettext_lazy("Country"),
    "city": gettext_lazy("City"),
    "address": gettext_lazy("Address"),
    "vat_number": gettext_lazy("VAT number"),
    "gln": gettext_lazy("GLN"),
}
assert tuple(FIELDS) == KNOWN_BY


@dataclass(frozen=True)
class Difference:
    """One field as we have it and as the supplier says it; ``fault`` is why it cannot be so."""

    name: str
    label: Any
    old: str
    new: str
    fault: str


@verb
def say(*, supplier: Supplier, said: dict[str, str], by: Actor, at: datetime, key: str | None = None) -> CompanyData:
    """Keep what differs from what we have, in place of what was said before and nobody looked through.

    Refused when nothing differs.
    """
    assert said.keys() <= FIELDS.keys(), said.keys() - FIELDS.keys()
    if by.kind != SUPPLIER:
        allow(by, "edit_supplier")
    differs = {name: text for name, text in said.items() if text != getattr(supplier.party, name)}
    if not differs:
        raise Refused(_("All of it is as we have it: there is nothing to change."))
    with opening(by=by, key=key):
        rows.alone(f"company {supplier.pk}")
        older = CompanyData.objects.filter(supplier=supplier, status=CompanyState.SAID).first()
        if older is not None:
            with deciding(older, by=by) as older:
                move(older.take, at=at)
                older.answer = _("A newer message took its place.")
                journal.record(_taken(older), at=at)
        data = CompanyData(supplier=supplier, said=differs, said_by=str(by), said_at=at)
        with deciding(data, by=by) as data:
            event = CompanySaid(subject=data.subject, supplier_id=supplier.pk, fields=sorted(differs))
            journal.record(event, at=at)
    return data


def differences(data: CompanyData) -> list[Difference]:
    """Old beside new, in the order of a form."""
    party, said = data.supplier.party, data.said
    country = said.get("country", party.country)
    faults = {
        "vat_number": duplicates.tax_number_fault(said.get("vat_number", ""), country),
        "gln": duplicates.gln_fault(said.get("gln", "")),
    }
    return [
        Difference(name, label, getattr(party, name), said[name], faults.get(name, ""))
        for name, label in FIELDS.items()
        if name in said
    ]


@verb
def take(
    *,
    data: CompanyData,
    fields: Collection[str],
    answer: str = "",
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
) -> CompanyData:
    """Take over the chosen fields and leave the others; the supplier reads which, and why.

    Refused for a field that cannot be so, for one that makes it another supplier's twin, and to whoever said it.
    """
    supplier = data.supplier
    with deciding(data, by=by, seen=seen, key=key, first=[supplier]) as data:
        allow(by, "edit_supplier")
        if str(by) == data.said_by:
            raise Refused(_("You said this yourself: somebody else looks through it."))
        chosen = [one for one in differences(data) if one.name in set(fields)]
        left = sorted(data.said.keys() - {one.name for one in chosen})
        if left and not answer.strip():
            raise Refused(_("Say why the others are not taken over: the supplier reads it."))
        if faults := [one.fault for one in chosen if one.fault]:
            raise Refused(*faults)
        new = {one.name: one.new for one in chosen}
        _nobody_elses(supplier, new)
        if new:
            suppliers.rename(supplier=supplier, party=new, by=by, at=at, seen=AS_IT_IS, key=key)
        data.taken, data.decided_by, data.answer = sorted(new), str(by), answer.strip()[:200]
        move(data.take, at=at)
        journal.record(_taken(data), at=at)
    return data


def _nobody_elses(supplier: Supplier, new: dict[str, str]) -> None:
    if not new.keys() & {"vat_number", "gln"}:
        return
    said = {"vat_number": new.get("vat_number", ""), "gln": new.get("gln", "")}
    for one in duplicates.likely(name="", but=supplier.pk, **said):
        if one.is_certain:
            told = {"name": one.supplier.party.name, "number": one.supplier.number}
            raise Refused(_("%(name)s (%(number)s) has this identifier: propose that they are one firm.") % told)


def _taken(data: CompanyData) -> CompanyTaken:
    return CompanyTaken(
        subject=data.subject,
        supplier_id=data.supplier_id,
        taken=data.taken,
        left=sorted(data.said.keys() - set(data.taken)),
        answer=data.answer,
    )


@verb
def approve(*, supplier: Supplier, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """It may be ordered from. Refused while a check stands in its way, and to whoever entered or proposed it."""
    with opening(by=by, key=key) as turn:
        turn.hold([supplier])
        if objections := checks.stops(supplier, on=at.date()):
            raise Refused(*objections)
        return suppliers.activate(supplier=supplier, by=by, at=at, seen=seen, key=key)


@verb
def propose_merge(*, supplier: Supplier, into: Supplier, reason: str, by: Actor, at: datetime, key: str) -> Supplier:
    """Say that two suppliers are one firm. Nothing is merged by it: a case asks whoever keeps master data."""
    with deciding(supplier, by=by, seen=AS_IT_IS, key=key) as supplier:
        allow(by, "edit_supplier")
        if into.pk == supplier.pk:
            raise Refused(_("Choose another supplier."))
        said = {"name": supplier.party.name, "other": f"{into.party.name} ({into.number})", "why": reason.strip()}
        ask(
            supplier,
            kind="master_data",
            cause=f"same as {into.number}",
            summary=_("%(name)s seems to be %(other)s. %(why)s") % said,
            facts={"into": into.number},
            by=by,
            at=at,
        )
        journal.record(MergeProposed(subject=supplier.subject, into=into.number, reason=reason.strip()[:200]), at=at)
    return supplier
